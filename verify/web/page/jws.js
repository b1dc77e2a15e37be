// Compact JWS with Ed25519.
//
// Source   RFC 7515 §7.1; RFC 8037 §3.1; RFC 7638
import { fromBase64url, fromCanonicalJson, hasExactly, insist, sha256, textOf, toBase64url, utf8 } from "./bytes.js";
import { signatureHolds } from "./ed25519.js";

/** Splits and decodes; checks no signature. */
export function splitJws(compact, typ) {
  insist(typeof compact === "string", "JWS");
  const parts = compact.split(".");
  insist(parts.length === 3, "JWS: three parts");
  const header = fromCanonicalJson(textOf(fromBase64url(parts[0])));
  insist(hasExactly(header, "alg", "kid", "typ"), "JWS header");
  insist(header.alg === "EdDSA" && header.typ === typ && typeof header.kid === "string", "JWS header");
  return {
    kid: header.kid,
    payload: fromCanonicalJson(textOf(fromBase64url(parts[1]))),
    signingInput: utf8(parts[0] + "." + parts[1]),
    signature: fromBase64url(parts[2], 64),
  };
}

export function isSigned(jws, key) {
  return signatureHolds(key, jws.signingInput, jws.signature);
}

export async function thumbprint(key) {
  return toBase64url(await sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(key)}"}`)));
}
