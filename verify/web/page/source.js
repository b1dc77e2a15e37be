// What the server is asked, and what its answers must look like.
//
// Order    The secret never comes near here: paths hold the ID or a file's hash.
import { fromBase64url, hasExactly, insist, Malformed, readAll, textOf } from "./bytes.js";

export class Unreachable extends Error {}

const maxAnswer = 4 * 1024 * 1024;

// The JSON of `path`; null for 404.
async function ask(path) {
  let response;
  try {
    response = await fetch(path, {
      headers: { Accept: "application/json" }, cache: "no-store", credentials: "omit", redirect: "error",
    });
  } catch {
    throw new Unreachable();
  }
  if (response.status === 404) return null;
  if (response.status !== 200) throw new Unreachable();
  try {
    return JSON.parse(textOf(await readAll(response.body, maxAnswer)));
  } catch {
    throw new Malformed("answer");
  }
}

function isLogged(value) {
  return hasExactly(value, "entry", "receipt") && typeof value.entry === "string" && typeof value.receipt === "string";
}

function evidenceOf(answer) {
  insist(isLogged({ entry: answer.entry, receipt: answer.receipt }), "answer: entry");
  insist(answer.withdrawn === null || isLogged(answer.withdrawn), "answer: withdrawn");
  insist(Array.isArray(answer.keys) && answer.keys.length <= 256 && answer.keys.every(isLogged), "answer: keys");
  insist(typeof answer.status_token === "string" && typeof answer.checkpoint === "string", "answer");
  return {
    issued: { entry: answer.entry, receipt: answer.receipt },
    withdrawn: answer.withdrawn,
    saysWithdrawn: answer.status === "withdrawn",
    keys: answer.keys,
    statusToken: answer.status_token,
    checkpoint: answer.checkpoint,
    issuer: String(answer.issuer_name),
    iss: String(answer.iss),
  };
}

/** The evidence about an ID, or null where the log has none. */
export async function askReference(id) {
  const answer = await ask("/v/" + id);
  if (answer === null) return null;
  insist(answer.v === 1 && answer.id === id, "answer");
  return evidenceOf(answer);
}

/** {sealed, share}, or null where there is no record any more. */
export async function askRecord(id) {
  const answer = await ask("/v/" + id + "/record");
  if (answer === null) return null;
  insist(hasExactly(answer, "sealed", "share", "v") && answer.v === 1, "record");
  return { sealed: fromBase64url(answer.sealed), share: fromBase64url(answer.share, 32) };
}

/** The evidence of every entry with that document hash. */
export async function askDocument(hex) {
  const answer = await ask("/d/" + hex);
  if (answer === null) return [];
  insist(answer.v === 1 && answer.doc === hex && Array.isArray(answer.entries), "answer");
  return answer.entries.map(evidenceOf);
}

/** A proof file as evidence, with the ID it is about. */
export function readProofFile(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Malformed("proof file");
  }
  insist(hasExactly(file, "entry", "id", "keys", "receipt", "status", "v") && file.v === 1, "proof file");
  const { entry, receipt, keys, status } = file;
  insist(isLogged({ entry, receipt }) && Array.isArray(keys) && keys.length <= 256, "proof file");
  insist(keys.every(isLogged) && typeof status === "string" && typeof file.id === "string", "proof file");
  return {
    id: file.id,
    evidence: { issued: { entry, receipt }, withdrawn: null, saysWithdrawn: false, keys, statusToken: status, checkpoint: null },
  };
}
