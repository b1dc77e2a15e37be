// The sealed record, opened with the link's secret.
//
// Shape    01 | nonce(12) | AES-256-GCM ciphertext and tag; inside canonical JSON, then zero bytes
// Source   docs/format/sealed-record.md; RFC 5869
import { concat, fromCanonicalJson, hasExactly, insist, textOf, utf8 } from "./bytes.js";

const version = 1;
const block = 4096;

async function keyOf({ id, secret, share }) {
  const material = await crypto.subtle.importKey("raw", concat(secret, share), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: id, info: utf8("refledger sealed record v1") };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

function withoutPadding(plain) {
  insist(plain.length % block === 0, "record: padding");
  const zero = plain.indexOf(0);
  const end = zero < 0 ? plain.length : zero;
  const padding = plain.subarray(end);
  insist(padding.length < block && padding.every((byte) => byte === 0), "record: padding");
  return plain.subarray(0, end);
}

/** {jwt, disclosures}; throws on a wrong secret and on any altered byte alike. */
export async function openRecord(sealed, keys) {
  insist(sealed.length >= 13 + block + 16 && sealed.length <= 1 << 17, "record: length");
  insist(sealed[0] === version, "record: version");
  const how = { name: "AES-GCM", iv: sealed.subarray(1, 13), additionalData: concat([version], keys.id) };
  const plain = new Uint8Array(await crypto.subtle.decrypt(how, await keyOf(keys), sealed.subarray(13)));
  const record = fromCanonicalJson(textOf(withoutPadding(plain)));
  insist(hasExactly(record, "credential", "disclosures") && Array.isArray(record.disclosures), "record");
  insist([record.credential, ...record.disclosures].every((text) => typeof text === "string"), "record");
  return { jwt: record.credential, disclosures: record.disclosures };
}
