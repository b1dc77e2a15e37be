// The chain of one issuer's key entries: who may say what, at which place in the log.
//
// Order    Entries are applied in the order of their index.
// Source   docs/format/entry.md, "Rules"; the same rules as the log and the command line
import { equal, insist, sha256, utf8 } from "./bytes.js";
import { isEnrollable, signatureHolds } from "./ed25519.js";
import { isSigned, thumbprint } from "./jws.js";
import { isSameLog } from "./origin.js";

const same = (a, b) => (a === null || b === null ? a === b : equal(a, b));

export class IssuerKeys {
  constructor() {
    this.iss = "";
    this.name = "";
    this.log = "";
    this.last = null;
    this.lastAt = -1;
    this.recovery = null;
    this.keys = new Map();
    this.retirements = [];
  }

  /** Checks and adds the next key entry; throws and changes nothing where a rule is broken. */
  async apply(entry, at) {
    if (this.keys.size > 0) {
      insist(at > this.lastAt && isSameLog(this.log, entry.log), "key entry: place");
    }
    if (entry.kind === "key-added") await this.#add(entry, at);
    else if (entry.kind === "key-retired") await this.#retire(entry, at);
    else insist(false, "key entry: another act");
    this.log = entry.log;
    this.last = await sha256(utf8(entry.text));
    this.lastAt = at;
    this.#takeNameAndRecovery();
  }

  async #add(entry, at) {
    const act = entry.act;
    const kid = await thumbprint(act.key);
    await this.#checkNewKey(act, kid);
    const first = this.keys.size === 0;
    const signer = first ? await this.#checkFirst(entry, kid) : await this.#checkSigner(entry, at);
    this.#checkRecovery(act, signer);
    const { key, use, name, recovery } = act;
    this.keys.set(kid, { key, use, name, recovery, added: at, addedBy: signer.by, retired: null, badFrom: null, recoverySpoke: false });
    this.iss = act.iss;
  }

  async #retire(entry, at) {
    const signer = await this.#checkSigner(entry, at);
    this.#checkRetirement(entry.act, signer, at);
    this.retirements.push({ at, by: signer.by, kid: entry.act.kid, badFrom: entry.act.badFrom });
    this.#weighRetirements();
  }

  async #checkNewKey(act, kid) {
    insist(!this.keys.has(kid), "key entry: kid added already");
    insist(isEnrollable(act.key), "key entry: key");
    insist(act.recovery === null || isEnrollable(act.recovery), "key entry: recovery key");
    const named = [act, ...this.keys.values()].some((each) => same(each.recovery, act.key));
    const enrolled = act.recovery !== null && this.keys.has(await thumbprint(act.recovery));
    insist(!named && !enrolled, "key entry: the recovery key signs key entries only");
    insist(await signatureHolds(act.key, act.popMessage, act.pop), "key entry: proof of possession");
  }

  async #checkFirst(entry, kid) {
    insist(entry.act.use === "issuer" && entry.act.prev === null, "key entry: an issuer's first");
    insist(entry.kid === kid, "key entry: an issuer's first key signs itself");
    insist(await isSigned(entry, entry.act.key), "key entry: signature");
    return { key: entry.act.key, by: "" };
  }

  async #checkSigner(entry, at) {
    insist(this.keys.size > 0 && entry.act.iss === this.iss, "key entry: another issuer");
    insist(same(entry.act.prev, this.last), "key entry: prev");
    const recovering = this.recovery !== null && (await thumbprint(this.recovery)) === entry.kid;
    insist(recovering || this.mayAttest(entry.kid, at), "key entry: signer");
    const key = recovering ? this.recovery : this.keys.get(entry.kid).key;
    insist(await isSigned(entry, key), "key entry: signature");
    return { key, by: recovering ? "" : entry.kid };
  }

  #checkRecovery(act, signer) {
    if (act.recovery === null || this.recovery === null || equal(act.recovery, this.recovery)) return;
    insist(equal(signer.key, this.recovery), "key entry: only the recovery key may name another");
  }

  #checkRetirement(act, signer, at) {
    const key = this.keys.get(act.kid);
    insist(key !== undefined, "key entry: retires an unknown kid");
    insist(act.badFrom === null || act.badFrom <= at, "key entry: bad_from");
    const recovering = same(signer.key, this.recovery);
    const saysMore = act.badFrom !== null && (key.badFrom === null || act.badFrom < key.badFrom);
    insist(key.retired === null || recovering || saysMore, "key entry: retired already");
  }

  // A retirement signed by a key that a later one calls bad from before does not count; from the
  // last to the first, each is judged by those after it that do.  What the recovery key says of a
  // kid stands in the place of every bad_from said before; the kid's end stays the first one.
  #weighRetirements() {
    for (const key of this.keys.values()) Object.assign(key, { retired: null, badFrom: null, recoverySpoke: false });
    for (const each of [...this.retirements].reverse()) {
      const signer = this.keys.get(each.by);
      if (signer && signer.badFrom !== null && each.at >= signer.badFrom) continue;
      if (signer && !this.#descendsWell(signer)) continue;
      const key = this.keys.get(each.kid);
      key.retired = each.at;
      if (key.recoverySpoke) continue;
      key.recoverySpoke = each.by === "";
      if (each.badFrom !== null) key.badFrom = Math.min(key.badFrom ?? each.badFrom, each.badFrom);
    }
  }

  #takeNameAndRecovery() {
    this.recovery = null;
    for (const key of this.keys.values()) {
      if (!this.#descendsWell(key)) continue;
      if (key.use === "issuer") this.name = key.name;
      if (key.recovery !== null) this.recovery = key.recovery;
    }
  }

  // That no key was bad when it added the next one, up to the first key or the recovery key.
  #descendsWell(key) {
    for (let child = key; child.addedBy !== ""; ) {
      const parent = this.keys.get(child.addedBy);
      if (parent.badFrom !== null && child.added >= parent.badFrom) return false;
      child = parent;
    }
    return true;
  }

  #counts(key, at) {
    const inTime = key.added < at && !(key.retired !== null && at > key.retired);
    return inTime && !(key.badFrom !== null && at >= key.badFrom) && this.#descendsWell(key);
  }

  /** Whether what `kid` signs as issued or withdrawn at `at` counts. */
  mayAttest(kid, at) {
    const key = this.keys.get(kid);
    return key !== undefined && key.use === "issuer" && this.#counts(key, at);
  }

  /** Whether a status token over the first `size` entries may be signed by `kid`. */
  maySignStatus(kid, size) {
    const key = this.keys.get(kid);
    return key !== undefined && key.use === "status" && this.#counts(key, size);
  }

  find(kid, use) {
    const key = this.keys.get(kid);
    return key !== undefined && key.use === use ? key.key : null;
  }
}
