// The status list: which references are withdrawn, as one small signed list.
//
// Source   docs/format/status-list.md; draft-ietf-oauth-status-list
import { fromBase64url, hasExactly, inflate, insist } from "./bytes.js";
import { splitJws } from "./jws.js";

const listLength = 1 << 17;
const hour = 3600;
const lastSecond = 253402300799;  // of the year 9999

function whole(value) {
  insist(Number.isSafeInteger(value) && value >= 0, "status token: number");
  return value;
}

function checkNames(payload) {
  const { refledger: log, status_list: list } = payload;
  insist(hasExactly(log, "origin", "root", "size"), "status token: refledger");
  insist(hasExactly(list, "bits", "lst") && list.bits === 2, "status token: status_list");
  const texts = [payload.iss, payload.sub, log.origin];
  insist(texts.every((text) => typeof text === "string"), "status token: names");
}

/** Checks no signature.  Times are seconds. */
export async function parseStatusToken(token) {
  insist(typeof token === "string" && token.length <= 1 << 18, "status token");
  const { kid, payload, signingInput, signature } = splitJws(token, "statuslist+jwt");
  insist(hasExactly(payload, "exp", "iat", "iss", "refledger", "status_list", "sub", "ttl"), "status token: members");
  checkNames(payload);
  insist(whole(payload.exp) > whole(payload.iat) && payload.exp <= lastSecond, "status token: exp");
  insist(payload.ttl === hour, "status token: ttl");
  const bits = await inflate(fromBase64url(payload.status_list.lst), 1 << 20);
  insist(bits.length === listLength / 4, "status token: length");
  // Of two bits the higher is never set: there is only valid and withdrawn.
  insist(bits.every((byte) => (byte & 0b10101010) === 0), "status token: another status");
  return {
    kid,
    signingInput,
    signature,
    iss: payload.iss,
    uri: payload.sub,
    issuedAt: payload.iat,
    expires: payload.exp,
    origin: payload.refledger.origin,
    size: whole(payload.refledger.size),
    root: fromBase64url(payload.refledger.root, 32),
    bits,
  };
}

/** Whether the list says that `index` is withdrawn. */
export function isWithdrawn(token, index) {
  insist(index < listLength, "status index");
  return ((token.bits[index >> 2] >> ((index & 3) * 2)) & 3) !== 0;
}
