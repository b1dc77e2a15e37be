// One statement in the log, signed by the issuer.
//
// Order    Form alone is checked here; signatures and order are keys.js' business.
// Source   docs/format/entry.md
import { concat, fromBase64url, hasExactly, insist, toCanonicalJson, utf8 } from "./bytes.js";
import { splitJws } from "./jws.js";

function bytesOrNull(value, length) {
  return value === null ? null : fromBase64url(value, length);
}

function count(value) {
  insist(Number.isSafeInteger(value) && value >= 0, "entry: number");
  return value;
}

// In one form only: https, http on this machine alone; no userinfo, query, fragment or empty segment.
function issuerUrl(value) {
  insist(typeof value === "string" && value.length <= 512, "entry: iss");
  const parts = /^(https?):\/\/([a-z0-9.-]{1,253})(?::([1-9]\d{0,4}))?((?:\/[\w.~-]+)*)$/.exec(value);
  insist(parts !== null && parts[0] === value, "entry: iss");
  const [, scheme, host, port, path] = parts;
  insist(host.split(".").every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)), "entry: iss");
  insist(scheme === "https" || host === "localhost" || host === "127.0.0.1", "entry: iss");
  insist(Number(port ?? 1) <= 65535 && port !== (scheme === "https" ? "443" : "80"), "entry: iss");
  insist(path.split("/").every((segment) => segment !== "." && segment !== ".."), "entry: iss");
  return value;
}

function oneLine(value) {
  insist(typeof value === "string" && value.length > 0 && utf8(value).length <= 256, "entry: name");
  insist(!/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(value), "entry: name");
  return value;
}

function issued(payload) {
  const names = ["act", "cred", "log", "ref", "v"];
  if (Object.hasOwn(payload, "doc")) names.push("doc");
  insist(hasExactly(payload, ...names), "entry: members");
  return {
    cred: fromBase64url(payload.cred, 32),
    doc: names.length === 6 ? fromBase64url(payload.doc, 32) : null,
    ref: fromBase64url(payload.ref, 32),
  };
}

function withdrawn(payload) {
  insist(hasExactly(payload, "act", "idx", "list", "log", "ref", "v"), "entry: members");
  return { idx: count(payload.idx), list: count(payload.list), ref: fromBase64url(payload.ref, 32) };
}

function keyAdded(payload) {
  insist(hasExactly(payload, "act", "iss", "key", "log", "name", "pop", "prev", "recovery", "use", "v"), "entry: members");
  insist(payload.use === "issuer" || payload.use === "status", "entry: use");
  return {
    iss: issuerUrl(payload.iss),
    key: fromBase64url(payload.key, 32),
    name: oneLine(payload.name),
    pop: fromBase64url(payload.pop, 64),
    prev: bytesOrNull(payload.prev, 32),
    recovery: bytesOrNull(payload.recovery, 32),
    use: payload.use,
    popMessage: popMessage(payload),
  };
}

// What `pop` signs: the domain and the payload without `pop`.
function popMessage(payload) {
  const without = { ...payload };
  delete without.pop;
  return concat(utf8("refledger-pop-v1\0"), utf8(toCanonicalJson(without)));
}

function keyRetired(payload) {
  insist(hasExactly(payload, "act", "bad_from", "iss", "kid", "log", "prev", "v"), "entry: members");
  fromBase64url(payload.kid, 32);
  return {
    badFrom: payload.bad_from === null ? null : count(payload.bad_from),
    iss: issuerUrl(payload.iss),
    kid: payload.kid,
    prev: fromBase64url(payload.prev, 32),
  };
}

const readers = new Map([
  ["issued", issued],
  ["withdrawn", withdrawn],
  ["key-added", keyAdded],
  ["key-retired", keyRetired],
]);

/** {text, kid, log, kind, act, signingInput, signature} */
export function parseEntry(text) {
  insist(typeof text === "string" && text.length <= 8192, "entry");
  const jws = splitJws(text, "refledger-entry+jws");
  fromBase64url(jws.kid, 32);
  const read = readers.get(jws.payload?.act);
  insist(read !== undefined && jws.payload.v === 1 && typeof jws.payload.log === "string", "entry");
  return {
    text,
    kid: jws.kid,
    log: jws.payload.log,
    kind: jws.payload.act,
    act: read(jws.payload),
    signingInput: jws.signingInput,
    signature: jws.signature,
  };
}
