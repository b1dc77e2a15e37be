// What the server is asked, and what its answers must look like.
//
// Order    The secret never comes near here: paths hold the ID or a file's hash.
import { fromBase64url, fromCanonicalJson, hasExactly, insist, Malformed, readAll, textOf, utf8 } from "./bytes.js";
import { parseHalf } from "./link.js";

export class Unreachable extends Error {}

const maxAnswer = 4 * 1024 * 1024;
const maxProofFile = 1024 * 1024;

// {status, body} of `path`, where the status is 200 or 404 and the body a JSON object.
async function ask(path) {
  let response;
  try {
    response = await fetch(path, {
      headers: { Accept: "application/json" }, cache: "no-store", credentials: "omit", redirect: "error",
    });
  } catch {
    throw new Unreachable();
  }
  if (response.status !== 200 && response.status !== 404) throw new Unreachable();
  let body;
  try {
    body = JSON.parse(textOf(await readAll(response.body, maxAnswer)));
  } catch {
    throw new Malformed("answer");
  }
  insist(body !== null && typeof body === "object", "answer");
  return { status: response.status, body };
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
  const { status, body } = await ask("/v/" + id);
  insist(body.v === 1 && body.id === id, "answer");
  if (status === 404) {
    insist(body.status === "unknown", "answer");
    return null;
  }
  return evidenceOf(body);
}

/** {sealed, share}, or null where there is no record any more. */
export async function askRecord(id) {
  const { status, body } = await ask("/v/" + id + "/record");
  if (status === 404) return null;
  insist(hasExactly(body, "sealed", "share", "v") && body.v === 1, "record");
  return { sealed: fromBase64url(body.sealed), share: fromBase64url(body.share, 32) };
}

/** The evidence of every entry with that document hash. */
export async function askDocument(hex) {
  const { status, body } = await ask("/d/" + hex);
  insist(status === 200 && body.v === 1 && body.doc === hex && Array.isArray(body.entries), "answer");
  return body.entries.map(evidenceOf);
}

/** A proof file as evidence, with the ID it is about. */
export function readProofFile(text) {
  insist(utf8(text).length <= maxProofFile, "proof file: longer than 1 MiB");
  const file = fromCanonicalJson(text);
  insist(hasExactly(file, "entry", "id", "keys", "receipt", "status", "v") && file.v === 1, "proof file");
  const { entry, receipt, keys, status } = file;
  insist(isLogged({ entry, receipt }) && Array.isArray(keys) && keys.length <= 256, "proof file");
  insist(keys.every(isLogged) && typeof status === "string", "proof file");
  parseHalf(file.id);
  return {
    id: file.id,
    evidence: { issued: { entry, receipt }, withdrawn: null, saysWithdrawn: null, keys, statusToken: status, checkpoint: null },
  };
}
