// Checking Ed25519 signatures: by the browser where it can, else by the library beside this file.
//
// Order    Before either is asked, key and R must be canonical points of prime order: browsers
//          differ about the others, and what one accepts no other may refuse.  Both refuse S >= L.
// Source   RFC 8032 §5.1.7
import { Point, verifyAsync } from "./noble-ed25519.js";

/** A canonical point of the prime-order subgroup, other than its identity. */
export function isEnrollable(key) {
  try {
    const point = Point.fromBytes(key, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
}

async function holdsByLibrary(key, message, signature) {
  // The library multiplies by the cofactor; with points of prime order that changes nothing.
  return verifyAsync(signature, message, key, { zip215: false }).catch(() => false);
}

export async function signatureHolds(key, message, signature, subtle = crypto.subtle) {
  if (key.length !== 32 || signature.length !== 64) return false;
  if (!isEnrollable(key) || !isEnrollable(signature.subarray(0, 32))) return false;
  let imported;
  try {
    imported = await subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch {
    return holdsByLibrary(key, message, signature);
  }
  return subtle.verify("Ed25519", imported, signature, message).catch(() => false);
}
