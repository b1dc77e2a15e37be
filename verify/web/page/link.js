// The link's two halves, as they stand in the QR code and as people type them.
//
// Source   docs/format/link.md
import { checkSymbol, fromBase32, Malformed, sha256, utf8 } from "./bytes.js";

export function parseHalf(text) {
  return fromBase32(text, 16);
}

/** The secret behind the link's #: its 26 characters, "" where there is none; throws where it is damaged. */
export function secretOfFragment(fragment) {
  if (fragment === "" || fragment === "main") return "";  // the latter is the page's own anchor
  const secret = fragment.toUpperCase();
  parseHalf(secret);
  return secret;
}

/** `ref` of the entry of that ID. */
export function hashReference(id) {
  return sha256(utf8("refledger-ref-v1\0"), id);
}

/** What was typed, without blanks and hyphens, and with the letters that are read for others. */
export function tidyTyped(text) {
  const plain = text.toUpperCase().replace(/[\s\-\u2010-\u2015]/g, "");
  return plain.replace(/[IL]/g, "1").replace(/O/g, "0");
}

export class TypingError extends Malformed {}

/** 26 characters and their check symbol to the 26; TypingError where they do not agree. */
export function parseTyped(text) {
  const plain = tidyTyped(text);
  const code = plain.slice(0, 26);
  if (plain.length !== 27 || !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(code)) throw new TypingError("typed");
  if (checkSymbol(code) !== plain[26]) throw new TypingError("check symbol");
  parseHalf(code);
  return code;
}
