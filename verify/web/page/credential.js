// The reference's claims: an issuer-signed JWT of salted digests, and the disclosures behind them.
//
// Source   RFC 9901 §7.1; docs/format/credential.md
import { fromBase64url, fromCanonicalJson, hasExactly, insist, sha256, textOf, toBase64url, utf8 } from "./bytes.js";
import { splitJws } from "./jws.js";

const optionalClaims = ["birthdate", "department", "employed_to", "workload"];
const neededClaims = [
  "document_date", "employed_from", "employer", "family_name", "given_name",
  "governing_law", "language", "position", "reference_type", "signing_mode", "text",
];
const maxSdJwt = 64 * 1024;

/** `<jwt>~<disclosure>~...~` to {jwt, disclosures}. */
export function parseSdJwt(text) {
  insist(text.length <= maxSdJwt && text.endsWith("~"), "SD-JWT");
  const parts = text.slice(0, -1).split("~");
  insist(parts.every((part) => part !== "") && parts.length <= 16, "SD-JWT: parts");
  return { jwt: parts[0], disclosures: parts.slice(1) };
}

function parseStatus(status) {
  insist(hasExactly(status, "status_list") && hasExactly(status.status_list, "idx", "uri"), "status");
  const { idx, uri } = status.status_list;
  insist(Number.isSafeInteger(idx) && idx >= 0 && typeof uri === "string", "status");
  return { idx, uri };
}

function parseDigests(list) {
  insist(Array.isArray(list) && list.length <= 15, "_sd");
  list.forEach((digest) => fromBase64url(digest, 32));
  insist(list.every((digest, at) => at === 0 || list[at - 1] < digest), "_sd: order");
  return list;
}

/** The JWT alone; checks no signature. */
export function parseJwt(jwt) {
  insist(typeof jwt === "string" && jwt.length <= maxSdJwt, "credential");
  const { kid, payload, signingInput, signature } = splitJws(jwt, "dc+sd-jwt");
  insist(hasExactly(payload, "_sd", "_sd_alg", "iss", "status", "vct"), "credential: members");
  insist(payload._sd_alg === "sha-256", "credential: _sd_alg");
  insist(typeof payload.iss === "string" && typeof payload.vct === "string", "credential");
  const status = parseStatus(payload.status);
  return { kid, iss: payload.iss, status, digests: parseDigests(payload._sd), signingInput, signature };
}

// Nothing that could make a value look like another one: no control characters but the text's line
// ends, no other separators, and none that turn the direction of writing: as where it was issued.
function isPlain(name, value) {
  const plain = name === "text" ? value.replaceAll("\n", "") : value;
  return !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(plain);
}

function parseDisclosure(text) {
  const array = fromCanonicalJson(textOf(fromBase64url(text)));
  insist(Array.isArray(array) && array.length === 3, "disclosure");
  insist(array.every((part) => typeof part === "string"), "disclosure");
  fromBase64url(array[0], 16);
  insist(neededClaims.includes(array[1]) || optionalClaims.includes(array[1]), "disclosure: name");
  insist(isPlain(array[1], array[2]), "disclosure: control character");
  return { name: array[1], value: array[2] };
}

/** Claim name to text; throws where a disclosure was altered, added or left out. */
export async function disclose(digests, disclosures) {
  insist(disclosures.length === digests.length, "disclosure: as many as digests");
  const claims = new Map();
  let last = "";
  for (const text of disclosures) {
    const digest = toBase64url(await sha256(utf8(text)));
    insist(digests.includes(digest), "disclosure: not in the credential");
    const { name, value } = parseDisclosure(text);
    insist(last < name, "disclosure: order");
    claims.set(name, value);
    last = name;
  }
  insist(neededClaims.every((name) => claims.has(name)), "disclosure: one is missing");
  return claims;
}
