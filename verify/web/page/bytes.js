// Bytes as text and back, hashes, canonical JSON.  Readers are strict: they take only what the
// writer writes, and throw Malformed for anything else.
//
// Source   RFC 4648 §4, §5; crockford.com/base32.html; RFC 8785, restricted to integers

export class Malformed extends Error {}

export function insist(holds, what) {
  if (!holds) throw new Malformed(what);
}

export function utf8(text) {
  return new TextEncoder().encode(text);
}

export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed("not UTF-8");
  }
}

export function concat(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equal(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text) {
  insist(typeof text === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, "base64");
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  insist(toBase64(bytes) === text, "base64: spare bits");
  return bytes;
}

export function toBase64url(bytes) {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(text, length) {
  insist(typeof text === "string" && /^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1, "base64url");
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  const bytes = fromBase64(padded);
  insist(length === undefined || bytes.length === length, "base64url: length");
  return bytes;
}

const base32Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const checkLetters = base32Letters + "*~$=U";

export function toBase32(bytes) {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += base32Letters[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + base32Letters[(held << (5 - bits)) & 31] : text;
}

export function fromBase32(text, length) {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = base32Letters.indexOf(letter);
    insist(value >= 0, "base32");
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
      held &= (1 << bits) - 1;
    }
  }
  insist(at === length && toBase32(bytes) === text, "base32: length or spare bits");
  return bytes;
}

/** Crockford's check symbol: the text as a number modulo 37. */
export function checkSymbol(base32Text) {
  let remainder = 0;
  for (const letter of base32Text) remainder = (remainder * 32 + base32Letters.indexOf(letter)) % 37;
  return checkLetters[remainder];
}

function canonicalText(text) {
  insist(!/\p{Surrogate}/u.test(text), "JSON: text is not Unicode");
  return JSON.stringify(text);
}

export function toCanonicalJson(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    insist(Number.isSafeInteger(value) && !Object.is(value, -0), "JSON: not an integer");
    return String(value);
  }
  if (Array.isArray(value)) return "[" + value.map(toCanonicalJson).join(",") + "]";
  insist(typeof value === "object", "JSON");
  const members = Object.keys(value).sort().map((name) => canonicalText(name) + ":" + toCanonicalJson(value[name]));
  return "{" + members.join(",") + "}";
}

/** Takes exactly what toCanonicalJson writes: read, written again, compared. */
export function fromCanonicalJson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed("not JSON");
  }
  insist(toCanonicalJson(value) === text, "JSON is not canonical");
  return value;
}

export function hasExactly(object, ...names) {
  if (object === null || typeof object !== "object" || Array.isArray(object)) return false;
  const has = Object.keys(object);
  return has.length === names.length && names.every((name) => Object.hasOwn(object, name));
}

/** Everything a stream gives, refused beyond `limit` bytes. */
export async function readAll(stream, limit) {
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concat(...parts);
    size += value.length;
    if (size > limit) {
      await reader.cancel().catch(() => {});
      throw new Malformed("too long");
    }
    parts.push(value);
  }
}

/** zlib's format (RFC 1950), refused beyond `limit` bytes and where anything stands behind it. */
export async function inflate(bytes, limit) {
  try {
    return await readAll(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")), limit);
  } catch {
    throw new Malformed("zlib");
  }
}
