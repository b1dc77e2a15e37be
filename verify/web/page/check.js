// Every check of a reference, in the order of the command line's verifier.
//
// Order    From the log inwards; the first check that fails decides the verdict and is named.
// Errors   None: "no" is a verdict.
// Source   docs/verification.md
import { equal, Malformed, sha256, utf8 } from "./bytes.js";
import { disclose, parseJwt } from "./credential.js";
import { parseEntry } from "./entry.js";
import { isSigned } from "./jws.js";
import { IssuerKeys } from "./keys.js";
import { hashReference } from "./link.js";
import { isIncluded, leafHash } from "./merkle.js";
import { isSignedBy, parseCheckpoint, parseNote, parseReceipt, parseVkey } from "./note.js";
import { isSameLog } from "./origin.js";
import { isWithdrawn, parseStatusToken } from "./status.js";

const clockSkew = 5 * 60;

class Verdict {
  constructor(verdict, failed, reason) {
    this.verdict = verdict;
    this.failed = failed;
    this.reason = reason ?? (failed ? "fail_" + failed : "");
  }
}

// What should vouch for the reference does not: that says nothing about the reference itself.
const unproven = (layer) => new Verdict("cannot-check-now", layer);
const other = (layer) => new Verdict("not-this-document", layer);

function require(holds, verdict) {
  if (!holds) throw verdict;
}

async function reading(layer, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Malformed) throw unproven(layer);
    throw error;
  }
}

class Examination {
  /**
   * evidence: {credential: {jwt, disclosures}|null, issued: {entry, receipt}, keys: [...],
   * withdrawn: {...}|null, statusToken, checkpoint: text|null, id: bytes|null,
   * document: SHA-256 of the file|null, trust: {logs: [vkey], issuers: [{iss, kid}]}, now: seconds};
   * saysWithdrawn is what a server said of its own, null where none was asked
   */
  constructor(evidence) {
    this.evidence = evidence;
    this.log = null;  // the trusted one that the reference is in
    this.roots = new Map();
    this.keys = new IssuerKeys();
    this.keyEntries = [];
    this.claims = new Map();
    this.held = [];
    this.remarks = [];
    this.statusAsOf = null;
    this.proven = false;
  }

  async run() {
    const steps = [
      ["", this.readAll], ["checkpoint", this.checkpointsAreSigned], ["keys", this.keysHold],
      ["entry", this.entryHolds], ["proof", this.isIssuedInLog], ["credential", this.credentialHolds],
      ["disclosure", this.disclosuresHold], ["document", this.documentMatches],
      ["", this.isNotWithdrawn], ["status", this.statusHolds], ["", this.isFresh],
    ];
    for (const [layer, step] of steps) {
      await step.call(this);
      if (layer !== "") this.held.push(layer);
    }
    return new Verdict("genuine-and-valid", "", this.reasonForValid());
  }

  reasonForValid() {
    if (this.evidence.document) return "by_file";
    return this.issued.entry.act.doc === null ? "by_link_by_hand" : "by_link";
  }

  // ---- the log's evidence -----------------------------------------------------------------------

  async readAll() {
    const { logs } = this.evidence.trust;
    this.logs = await reading("checkpoint", () => Promise.all(logs.map(parseVkey)));
    this.issued = await this.read(this.evidence.issued, "entry");
    require(this.issued.entry.kind === "issued", unproven("entry"));
    for (const each of this.evidence.keys) this.keyEntries.push(await this.read(each, "keys"));
  }

  async read(logged, layer) {
    const entry = await reading(layer, () => parseEntry(logged.entry));
    const receipt = await reading("proof", () => parseReceipt(logged.receipt));
    return { entry, receipt, ...(await this.readCheckpoint(receipt.checkpoint)) };
  }

  readCheckpoint(text) {
    return reading("checkpoint", () => {
      const note = parseNote(text);
      return { note, checkpoint: parseCheckpoint(note.text) };
    });
  }

  async checkpointsAreSigned() {
    for (const each of [this.issued, ...this.keyEntries]) await this.checkpointIsSigned(each);
    if (this.evidence.checkpoint === null) return;
    await this.checkpointIsSigned(await this.readCheckpoint(this.evidence.checkpoint));
  }

  async checkpointIsSigned({ note, checkpoint }) {
    const log = this.logs.find((each) => each.name === checkpoint.origin);
    require(log !== undefined, new Verdict("unknown", "checkpoint", "other_log"));
    this.log ??= log;
    require(log === this.log && (await isSignedBy(note, log)), unproven("checkpoint"));
    require(this.countsBeforeTheEnd(checkpoint), unproven("checkpoint"));
    const known = this.roots.get(checkpoint.size);
    require(known === undefined || equal(known, checkpoint.root), unproven("checkpoint"));
    this.roots.set(checkpoint.size, checkpoint.root);
  }

  // Of a log that was closed, no state beyond its end, and none but the last where its key was stolen.
  countsBeforeTheEnd({ origin, size, root }) {
    const { closed = [] } = this.evidence.trust;
    return closed.filter((end) => end.origin === origin).every((end) => (
      size === end.size ? equal(root, end.root) : size < end.size && !end.stolen));
  }

  // Then the log says nothing about withdrawals any more: they are in its successor.
  goesOnElsewhere() {
    return this.logs.some(({ name }) => name !== this.log.name && isSameLog(this.log.name, name));
  }

  async isInLog({ entry, receipt, checkpoint }) {
    require(isSameLog(entry.log, checkpoint.origin), unproven("entry"));
    const leaf = await leafHash(utf8(entry.text));
    const { index, path } = receipt;
    require(await isIncluded(leaf, index, checkpoint.size, path, checkpoint.root), unproven("proof"));
  }

  async keysHold() {
    for (const each of this.keyEntries) {
      await this.isInLog(each);
      await reading("keys", () => this.keys.apply(each.entry, each.receipt.index));
    }
    require(this.keyEntries.length > 0, unproven("keys"));
  }

  async entryHolds() {
    const { entry } = this.issued;
    const key = this.keys.find(entry.kid, "issuer");
    require(key !== null, unproven("keys"));
    require(await isSigned(entry, key), unproven("entry"));
  }

  async isIssuedInLog() {
    const { entry, receipt } = this.issued;
    await this.isInLog(this.issued);
    const counted = this.keys.mayAttest(entry.kid, receipt.index);
    require(counted, new Verdict("unknown", "keys", "key_did_not_count"));
    const { id } = this.evidence;
    require(id === null || equal(await hashReference(id), entry.act.ref), other("entry"));
    this.proven = true;
  }

  // ---- what is in hand --------------------------------------------------------------------------

  async credentialHolds() {
    const { jwt } = this.evidence.credential;
    const { act, kid } = this.issued.entry;
    require(equal(await sha256(utf8(jwt)), act.cred), other("credential"));
    try {
      this.jwt = parseJwt(jwt);
    } catch {
      throw other("credential");
    }
    require(this.jwt.kid === kid && this.jwt.iss === this.keys.iss, other("credential"));
    require(await isSigned(this.jwt, this.keys.find(kid, "issuer")), other("credential"));
  }

  async disclosuresHold() {
    try {
      this.claims = await disclose(this.jwt.digests, this.evidence.credential.disclosures);
    } catch {
      throw other("disclosure");
    }
  }

  documentMatches() {
    const { document } = this.evidence;
    if (document === null) return;
    const { doc } = this.issued.entry.act;
    require(doc !== null, new Verdict("not-this-document", "document", "signed_by_hand"));
    require(equal(doc, document), other("document"));
  }

  // ---- withdrawal and status --------------------------------------------------------------------

  async isNotWithdrawn() {
    if (this.evidence.withdrawn === null) {
      // A server that only says so must be wrong somewhere: no answer is better than "valid".
      require(!this.evidence.saysWithdrawn, unproven("status"));
      return;
    }
    let withdrawn;
    try {
      withdrawn = await this.read(this.evidence.withdrawn, "status");
      await this.withdrawalHolds(withdrawn);
    } catch (thrown) {
      throw thrown instanceof Verdict ? unproven("status") : thrown;
    }
    if (await this.listDenies(withdrawn.receipt.index)) this.remarks.push("remark_disagreement");
    throw new Verdict("genuine-no-longer-valid", "", "since_withdrawn");
  }

  async withdrawalHolds(logged) {
    const { entry, receipt } = logged;
    const key = this.keys.find(entry.kid, "issuer");
    const fits = entry.kind === "withdrawn" && equal(entry.act.ref, this.issued.entry.act.ref);
    require(fits && key !== null && receipt.index > this.issued.receipt.index, unproven("status"));
    require(this.keys.mayAttest(entry.kid, receipt.index), unproven("status"));
    require(await isSigned(entry, key), unproven("status"));
    await this.checkpointIsSigned(logged);
    await this.isInLog(logged);
  }

  // Whether a list that holds, and is young enough to know of that withdrawal, says nothing of it.
  async listDenies(index) {
    try {
      const token = await this.readToken();
      return token.size > index && !isWithdrawn(token, this.jwt.status.idx);
    } catch (thrown) {
      if (thrown instanceof Verdict || thrown instanceof Malformed) return false;
      throw thrown;
    }
  }

  async readToken() {
    const token = await reading("status", () => parseStatusToken(this.evidence.statusToken));
    const key = this.keys.find(token.kid, "status") ?? this.keys.find(token.kid, "issuer");
    require(key !== null && this.keys.maySignStatus(token.kid, token.size), unproven("status"));
    require(await isSigned(token, key), unproven("status"));
    this.tokenFits(token);
    return token;
  }

  async statusHolds() {
    this.token = await this.readToken();
    this.statusAsOf = this.token.issuedAt;
    const withdrawn = await reading("status", () => isWithdrawn(this.token, this.jwt.status.idx));
    if (!withdrawn) return;
    if (this.evidence.saysWithdrawn === false) this.remarks.push("remark_disagreement");
    throw new Verdict("genuine-no-longer-valid", "", "since_withdrawn");
  }

  tokenFits(token) {
    const named = token.iss === this.keys.iss && token.origin === this.log.name;
    require(named && token.uri === this.jwt.status.uri, unproven("status"));
    require(token.size > this.issued.receipt.index, unproven("status"));
    const root = this.roots.get(token.size);
    require(root === undefined || equal(root, token.root), unproven("status"));
    require(token.issuedAt <= this.evidence.now + clockSkew, unproven("status"));
  }

  isFresh() {
    if (this.evidence.now < this.token.expires && !this.goesOnElsewhere()) return;
    this.remarks.push("remark_withdrawal");
    const reason = this.evidence.document ? "not_fresh_file" : "not_fresh_link";
    throw new Verdict("cannot-check-now", "status", reason);
  }
}

function isPinned(trust, keys) {
  return trust.issuers.some(({ iss, kid }) => iss === keys.iss && keys.find(kid, "issuer") !== null);
}

// As verify/check/signing.cpp, which says where the rules are from.
export function isWeakerThanWritten(claims) {
  const [type, law, mode] = ["reference_type", "governing_law", "signing_mode"].map((name) => claims.get(name));
  if (type === undefined || (type === "confirmation" && law !== "CH")) return false;
  if (mode === "qualified") return law === "DE" && claims.get("document_date") < "2025-01-01";
  return mode === "company-seal";
}

/** {verdict, failed, reason, held, remarks, claims, iss, issuer, statusAsOf} */
export async function check(evidence) {
  const examination = new Examination(evidence);
  let verdict;
  try {
    verdict = await examination.run();
  } catch (thrown) {
    if (!(thrown instanceof Verdict)) throw thrown;
    verdict = thrown;
  }
  const { keys, held, remarks, statusAsOf, proven } = examination;
  const claims = verdict.verdict.startsWith("genuine") || verdict.failed === "status" ? examination.claims : new Map();
  const always = ["remark_witness"];
  if (proven && !isPinned(evidence.trust, keys)) always.push("remark_issuer");
  if (isWeakerThanWritten(claims)) always.push("remark_weaker");
  return {
    ...verdict, held, claims, statusAsOf,
    iss: proven ? keys.iss : "",
    issuer: proven ? keys.name : "",
    remarks: [...always, ...remarks],
  };
}
