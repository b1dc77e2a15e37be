// The page itself: takes the link's secret out of sight, listens, and shows what answer.js finds.
//
// Order    The fragment is cleared before anything else happens; the secret stays in this module's
//          memory and goes nowhere but into the decryption.
import { reportOffline, reportOnFile, reportOnLink } from "./answer.js";
import { parseTyped, secretOfFragment, tidyTyped } from "./link.js";
import { maxPdf } from "./pdf.js";
import { askReference, readProofFile } from "./source.js";
import { parseTrust } from "./trust.js";
import { detailsOf, longTime, say, sayOnPage, showBusy, showExistence, showVerdict } from "./view.js";

const now = () => Math.floor(Date.now() / 1000);
const byId = (id) => document.getElementById(id);

// {secret, damaged}: at most one of them.
function takeSecret() {
  const fragment = location.hash.slice(1);
  try {
    const secret = secretOfFragment(fragment);
    if (secret === "") return { secret: null, damaged: false };
    history.replaceState(null, "", location.pathname + location.search);
    return { secret, damaged: false };
  } catch {
    history.replaceState(null, "", location.pathname + location.search);
    return { secret: null, damaged: true };
  }
}

// Null where the text cannot be used: then nothing is called checked.
function trustOf(config) {
  if (!config.offline) return { logs: [config.log], issuers: [] };
  try {
    return parseTrust(config.trust);
  } catch {
    return null;
  }
}

// The saved page has no server to read the visitor's wish.
function ownLanguage() {
  const wished = navigator.languages.map((tag) => tag.slice(0, 2));
  return wished.find((language) => ["de", "en", "fr", "it"].includes(language)) ?? "en";
}

class Page {
  constructor(config, taken) {
    this.config = config;
    this.language = config.lang;
    this.trust = trustOf(config);
    this.secret = taken.secret;
    this.taken = taken;
    this.redraw = () => this.drawState();
    this.asked = 0;
    this.pdf = null;
    this.proof = null;
  }

  start() {
    byId("ways").hidden = false;  // without scripts these ways lead nowhere
    for (const link of document.querySelectorAll("[data-lang]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.speak(link.dataset.lang);
      });
    }
    if (this.config.offline) this.speak(ownLanguage());
    addEventListener("hashchange", () => this.offer(takeSecret()));
    this.listenForFiles();
    this.listenForCodes();
    byId("open-button")?.addEventListener("click", () => this.openLink(this.config.id, this.secret));
    this.offer(this.taken);
    if (this.trust === null) this.showReport(reportOffline(null, null, null, now()), true);
  }

  // Changes the words in place: a reload would lose the secret.
  speak(language) {
    this.language = language;
    document.documentElement.lang = language;
    for (const link of document.querySelectorAll("[data-lang]")) {
      if (link.dataset.lang === language) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const blanks = { issuer: this.config.issuer ?? "" };
    document.title = sayOnPage(language, "page_title");
    for (const element of document.querySelectorAll("[data-t]")) {
      element.textContent = sayOnPage(language, element.dataset.t, blanks);
    }
    this.redraw();
  }

  // What the server said about the ID, in the language chosen now.
  drawState() {
    const { state, issuer } = this.config;
    if (!state) return;
    const card = byId("verdict");
    card.querySelector("h1").textContent = sayOnPage(this.language, state + "_title");
    card.querySelector(".sentence").textContent = sayOnPage(this.language, state + "_text", { issuer });
  }

  // ---- showing ------------------------------------------------------------------------------------

  /** Runs one check; an answer that a newer one has overtaken is dropped. */
  async show(work, draw) {
    const turn = ++this.asked;
    const card = byId("verdict");
    byId("details").replaceChildren();
    byId("ways").classList.add("again");
    this.redraw = () => showBusy(card, this.language);
    this.redraw();
    const found = await work;
    if (turn !== this.asked) return;
    this.redraw = () => draw(card, found);
    this.redraw();
    card.querySelector("h1")?.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  showReport(work, byFile) {
    return this.show(work, (card, report) => {
      const { language, config } = this;
      const host = new URL(config.url).host;
      const trust = config.offline ? "remark_trust_file" : "remark_trust_server";
      const time = report.statusAsOf === null ? "" : longTime(language, report.statusAsOf);
      const remarks = report.remarks.length > 0 ? [trust, ...report.remarks] : [];
      const blanks = { host: report.host ?? host, iss: report.iss, issuer: report.issuer, time };
      showVerdict(card, language, { ...report, remarks }, blanks);
      byId("details").replaceChildren(...detailsOf(language, { ...report, remarks }, { byFile, blanks }));
    });
  }

  // ---- the link -----------------------------------------------------------------------------------

  offer({ secret, damaged }) {
    const open = byId("open");
    if (open === null || !["issued", "withdrawn"].includes(this.config.state)) return;
    byId("damaged").hidden = !damaged;
    if (damaged) open.hidden = true;
    if (secret === null) return;
    this.secret = secret;
    open.hidden = false;
    byId("ways").hidden = true;
  }

  openLink(id, secret) {
    const open = byId("open");
    if (open !== null) open.hidden = true;
    byId("ways").hidden = false;
    return this.showReport(reportOnLink(id, secret, this.trust, now()), false);
  }

  // ---- files --------------------------------------------------------------------------------------

  listenForFiles() {
    const input = byId("file");
    const drop = byId("drop");
    input.addEventListener("change", () => this.takeFiles([...input.files]).then(() => (input.value = "")));
    addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    addEventListener("dragleave", () => drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.takeFiles([...event.dataTransfer.files]);
    });
  }

  async takeFiles(files) {
    if (this.config.offline) return this.takeOffline(files);
    if (files.length === 0) return;
    const bytes = this.bytesOf(files[0]);
    const { id, state } = this.config;
    const known = ["issued", "withdrawn"].includes(state) ? id : null;
    await this.showReport(bytes.then((held) => reportOnFile(held, known, this.trust, now())), true);
  }

  async bytesOf(file) {
    // One byte beyond the limit is enough to be told that it is too long.
    return new Uint8Array(await file.slice(0, maxPdf + 1).arrayBuffer());
  }

  async takeOffline(files) {
    const strange = [];
    for (const file of files) {
      if (!this.keep(await this.bytesOf(file))) strange.push(file.name);
    }
    const hint = byId("file-text");
    if (strange.length > 0) hint.textContent = say(this.language, "strange_file", { name: strange.join(", ") });
    else if (this.pdf === null) hint.textContent = say(this.language, this.proof === null ? "no_file" : "need_pdf");
    else hint.textContent = sayOnPage(this.language, "file_text");
    if (strange.length === 0 && this.pdf !== null) await this.showReport(reportOffline(this.pdf, this.proof, this.trust, now()), true);
  }

  /** Keeps a PDF or a proof file; false for anything else. */
  keep(bytes) {
    const text = new TextDecoder("iso-8859-1").decode(bytes.subarray(0, 5));
    if (text === "%PDF-") {
      this.pdf = bytes;
      return true;
    }
    const proof = new TextDecoder().decode(bytes);
    try {
      readProofFile(proof);
    } catch {
      return false;
    }
    this.proof = proof;
    return true;
  }

  // ---- codes --------------------------------------------------------------------------------------

  listenForCodes() {
    byId("code")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.takeCodes(byId("code-first"), byId("code-second"));
    });
  }

  /** The 26 characters of a row; says what is wrong and answers null otherwise. */
  rowOf(input, label) {
    try {
      input.removeAttribute("aria-invalid");
      return parseTyped(input.value);
    } catch {
      const count = String(tidyTyped(input.value).length);
      const key = count === "27" ? "code_typing" : "code_length";
      byId("code-error").textContent = sayOnPage(this.language, key, { row: sayOnPage(this.language, label), count });
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return null;
    }
  }

  takeCodes(first, second) {
    byId("code-error").textContent = "";
    const id = this.rowOf(first, "code_first");
    if (id === null) return;
    if (second.value.trim() === "") {
      this.showNumber(id);
      return;
    }
    const secret = this.rowOf(second, "code_second");
    if (secret !== null) this.openLink(id, secret);
  }

  showNumber(id) {
    return this.show(this.existenceOf(id), (card, found) => {
      if (found.evidence) {
        const { issuer, iss, saysWithdrawn } = found.evidence;
        showExistence(card, this.language, { id, issuer, iss, withdrawn: saysWithdrawn });
      } else {
        showVerdict(card, this.language, found);
      }
    });
  }

  async existenceOf(id) {
    try {
      const evidence = await askReference(id);
      return evidence === null ? { verdict: "unknown", failed: "", reason: "unknown_text" } : { evidence };
    } catch {
      return { verdict: "cannot-check-now", failed: "", reason: "no_answer" };
    }
  }
}

const taken = takeSecret();
new Page(JSON.parse(byId("config").textContent), taken).start();
