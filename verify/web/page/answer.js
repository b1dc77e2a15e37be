// From what people bring (a link, a code, a file) to a report.
//
// Errors   None: a server that does not answer, or answers nonsense, is a verdict too.
import { equal, fromBase64url, Malformed, sha256, textOf, toHex, utf8 } from "./bytes.js";
import { check } from "./check.js";
import { parseJwt } from "./credential.js";
import { parseHalf } from "./link.js";
import { credentialOfPdf, endsWithin, maxPdf } from "./pdf.js";
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
    try {
      parseHalf(idText);
      parseHalf(secretText);
    } catch {
      return verdict("unknown", "", "link_damaged");
    }
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

async function evidenceByHash(document, credential) {
  const found = await askDocument(toHex(document));
  for (const evidence of found) {
    if (await hasCredential(evidence, credential.jwt)) return evidence;
  }
  return found[0] ?? undefined;
}

// The host that the file's credential names for its status, where that is not the log's own: such a
// file belongs elsewhere.  What it names is its own word, so it is shown and not followed.
function otherHost(credential, trust) {
  let host;
  try {
    host = new URL(parseJwt(credential.jwt).status.uri).host;
  } catch {
    return null;
  }
  return trust.logs.some((vkey) => vkey.startsWith(host + "/")) ? null : host;
}

async function judge(bytes, evidence, idText, trust, now) {
  const credential = await credentialOfPdf(bytes);
  if (credential === null) return verdict("unknown", "", "fail_no_pdf");
  const document = await sha256(bytes);
  const known = await evidence(document, credential);
  const id = idText === null ? null : parseHalf(idText);
  if (known) return check({ ...known, credential, id, document, trust, now });
  if (known === null) return verdict("unknown", "", "unknown_text");
  return verdict("not-this-document", "document", "unknown_file");
}

// Something may have been appended to a genuine file: then the original is still inside.
async function withOriginal(report, bytes, judgeBytes) {
  if (report.failed !== "document" || report.verdict !== "not-this-document") return report;
  for (const end of endsWithin(bytes, 8)) {
    const original = bytes.slice(0, end);
    const inside = await judgeBytes(original);
    const genuine = inside.verdict.startsWith("genuine") || inside.reason.startsWith("not_fresh");
    if (genuine) return { ...report, reason: "original_inside", original };
  }
  return report;
}

/** By the file; `idText` is the ID of the page that it was dropped on, or null. */
export function reportOnFile(bytes, idText, trust, now) {
  return answering(async () => {
    if (bytes.length > maxPdf) return verdict("cannot-check-now", "", "fail_size");
    const credential = await credentialOfPdf(bytes);
    const host = credential === null ? null : otherHost(credential, trust);
    if (host !== null) return { ...verdict("unknown", "", "other_host"), host };
    const atNumber = idText === null || credential === null ? null : await askReference(idText);
    const evidence = (document, held) => (idText === null ? evidenceByHash(document, held) : atNumber);
    const judgeBytes = (some) => judge(some, evidence, idText, trust, now);
    return withOriginal(await judgeBytes(bytes), bytes, judgeBytes);
  });
}

/** Without a server: the file and its proof file; `trust` is null where its text cannot be used. */
export function reportOffline(bytes, proofText, trust, now) {
  return answering(async () => {
    if (trust === null) return verdict("cannot-check-now", "", "bad_trust");
    if (bytes.length > maxPdf) return verdict("cannot-check-now", "", "fail_size");
    if ((await credentialOfPdf(bytes)) === null) return verdict("unknown", "", "fail_no_pdf");
    if (proofText === null) return verdict("cannot-check-now", "", "no_proof");
    let proof;
    try {
      proof = readProofFile(proofText);
    } catch {
      return verdict("cannot-check-now", "proof", "fail_proof_file");
    }
    const judgeBytes = (some) => judge(some, () => proof.evidence, proof.id, trust, now);
    return withOriginal(await judgeBytes(bytes), bytes, judgeBytes);
  });
}
