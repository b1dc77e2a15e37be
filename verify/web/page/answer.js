// From what people bring (a link, a code, a file) to a report.
//
// Errors   None: a server that does not answer, or answers nonsense, is a verdict too.
import { equal, fromBase64url, Malformed, sha256, textOf, toHex, utf8 } from "./bytes.js";
import { check } from "./check.js";
import { parseHalf } from "./link.js";
import { credentialOfPdf, maxPdf } from "./pdf.js";
import { openRecord } from "./record.js";
import { askDocument, askRecord, askReference, readProofFile, Unreachable } from "./source.js";

function verdict(name, failed, reason) {
  return {
    verdict: name, failed, reason, held: [], claims: new Map(), remarks: [], iss: "", issuer: "", statusAsOf: null,
  };
}

async function answering(make) {
  if (!globalThis.crypto?.subtle) return verdict("cannot-check-now", "", "no_crypto");
  try {
    return await make();
  } catch (error) {
    if (error instanceof Unreachable) return verdict("cannot-check-now", "", "no_answer");
    if (error instanceof Malformed) return verdict("cannot-check-now", "", "bad_answer");
    console.error(error);
    return verdict("cannot-check-now", "", "page_error");
  }
}

async function opened(sealed, keys) {
  try {
    return await openRecord(sealed, keys);
  } catch {
    return null;
  }
}

async function recordOf(id) {
  try {
    return await askRecord(id);
  } catch (error) {
    if (error instanceof Malformed) return { sealed: new Uint8Array(), share: new Uint8Array(32) };
    throw error;
  }
}

/** By the whole link: both halves as 26 characters each. */
export function reportOnLink(idText, secretText, trust, now) {
  return answering(async () => {
    const [evidence, record] = await Promise.all([askReference(idText), recordOf(idText)]);
    if (evidence === null) return verdict("unknown", "", "unknown_text");
    if (record === null) return verdict("cannot-check-now", "", "record_gone");
    const id = parseHalf(idText);
    const credential = await opened(record.sealed, { id, secret: parseHalf(secretText), share: record.share });
    if (credential === null) return verdict("not-this-document", "ciphertext", "fail_ciphertext");
    const report = await check({ ...evidence, credential, id, document: null, trust, now });
    return { ...report, held: ["ciphertext", ...report.held] };
  });
}

async function hasCredential(evidence, jwt) {
  try {
    const payload = JSON.parse(textOf(fromBase64url(evidence.issued.entry.split(".")[1])));
    return equal(fromBase64url(payload.cred), await sha256(utf8(jwt)));
  } catch {
    return false;
  }
}

async function evidenceForFile(idText, document, credential) {
  if (idText !== null) return askReference(idText);
  const found = await askDocument(toHex(document));
  for (const evidence of found) {
    if (await hasCredential(evidence, credential.jwt)) return evidence;
  }
  return found[0] ?? undefined;
}

/** By the file; `idText` is the ID of the page that it was dropped on, or null. */
export function reportOnFile(bytes, idText, trust, now) {
  return answering(async () => {
    if (bytes.length > maxPdf) return verdict("cannot-check-now", "", "fail_size");
    const credential = await credentialOfPdf(bytes);
    if (credential === null) return verdict("not-this-document", "document", "fail_no_pdf");
    const document = await sha256(bytes);
    const evidence = await evidenceForFile(idText, document, credential);
    if (evidence === null) return verdict("unknown", "", "unknown_text");
    if (evidence === undefined) return verdict("not-this-document", "document", "unknown_file");
    const id = idText === null ? null : parseHalf(idText);
    return check({ ...evidence, credential, id, document, trust, now });
  });
}

/** Without a server: the file and its proof file. */
export function reportOffline(bytes, proofText, trust, now) {
  return answering(async () => {
    const credential = await credentialOfPdf(bytes);
    if (credential === null) return verdict("not-this-document", "document", "fail_no_pdf");
    if (proofText === null) return verdict("cannot-check-now", "", "no_proof");
    let proof;
    try {
      proof = readProofFile(proofText);
    } catch {
      return verdict("cannot-check-now", "proof", "fail_proof_file");
    }
    const document = await sha256(bytes);
    return check({ ...proof.evidence, credential, id: parseHalf(proof.id), document, trust, now });
  });
}
