// Signed notes, checkpoints and receipts of the log.
//
// Source   c2sp.org/signed-note, tlog-checkpoint, tlog-proof
import { equal, fromBase64, insist, sha256, toHex, utf8 } from "./bytes.js";
import { signatureHolds } from "./ed25519.js";

const dash = "\u2014 ";

function isName(name) {
  return name.length > 0 && name.length <= 255 && !/[+\s]/u.test(name);
}

/** NAME+HEX(key id)+base64(01 | key) to {name, id, key}. */
export async function parseVkey(text) {
  const parts = text.split("+");
  const [name, id] = parts;
  const typed = fromBase64(parts.slice(2).join("+"));
  insist(isName(name) && typed.length === 33 && typed[0] === 1, "verifier key");
  const hash = await sha256(utf8(name + "\n"), typed);
  insist(toHex(hash.subarray(0, 4)) === id, "verifier key: id");
  return { name, id: hash.slice(0, 4), key: typed.slice(1) };
}

function parseSignatureLine(line) {
  const parts = line.slice(dash.length).split(" ");
  insist(line.startsWith(dash) && parts.length === 2 && isName(parts[0]), "note: signature line");
  const blob = fromBase64(parts[1]);
  insist(blob.length > 4, "note: signature");
  return { name: parts[0], id: blob.slice(0, 4), signature: blob.slice(4) };
}

export function parseNote(text) {
  insist(typeof text === "string" && text.length <= 1 << 20, "note");
  insist(!/[\u0000-\u0009\u000b-\u001f]/.test(text), "note: control character");
  const end = text.lastIndexOf("\n\n");
  insist(end >= 0 && text.endsWith("\n"), "note: no signatures");
  const lines = text.slice(end + 2).split("\n").slice(0, -1);
  insist(lines.length > 0 && lines.length <= 64, "note: signatures");
  return { text: text.slice(0, end + 1), signatures: lines.map(parseSignatureLine) };
}

/** That `key` signed it.  Unknown signers are ignored; a known one that fails spoils all. */
export async function isSignedBy(note, key) {
  let signed = false;
  for (const line of note.signatures) {
    if (line.name !== key.name || !equal(line.id, key.id)) continue;
    if (!(await signatureHolds(key.key, utf8(note.text), line.signature))) return false;
    signed = true;
  }
  return signed;
}

function parseNumber(text) {
  insist(/^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)), "number");
  return Number(text);
}

function parseHash(text) {
  const hash = fromBase64(text);
  insist(hash.length === 32, "hash");
  return hash;
}

/** origin LF size LF root LF, without extension lines. */
export function parseCheckpoint(noteText) {
  const lines = noteText.split("\n");
  insist(lines.length === 4 && lines[3] === "" && isName(lines[0]), "checkpoint");
  return { origin: lines[0], size: parseNumber(lines[1]), root: parseHash(lines[2]) };
}

/** A tlog-proof to {index, path, checkpoint}; the checkpoint is the signed note as it stands. */
export function parseReceipt(text) {
  insist(typeof text === "string" && utf8(text).length <= 1 << 16, "receipt");
  const end = text.indexOf("\n\n");
  insist(end >= 0, "receipt");
  const lines = text.slice(0, end).split("\n");
  insist(lines.shift() === "c2sp.org/tlog-proof@v1", "receipt: first line");
  const index = lines.shift() ?? "";
  insist(index.startsWith("index ") && lines.length <= 63, "receipt: index");
  return {
    index: parseNumber(index.slice(6)),
    path: lines.map(parseHash),
    checkpoint: text.slice(end + 2),
  };
}
