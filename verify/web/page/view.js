// What the page shows: elements made from reports.  All text goes in as text, never as markup.
import { facts } from "./facts.js";
import { texts } from "./texts.js";
import { words } from "./words.js";

export function say(language, key, blanks = {}) {
  let text = (words[key] ?? facts[key] ?? texts[key] ?? { [language]: key })[language];
  for (const [name, value] of Object.entries(blanks)) text = text.replace(`{${name}}`, () => value);
  return text;
}

/** From the page's own table first: some keys stand in both. */
export function sayOnPage(language, key, blanks = {}) {
  let text = (texts[key] ?? { [language]: key })[language];
  for (const [name, value] of Object.entries(blanks)) text = text.replace(`{${name}}`, () => value);
  return text;
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const signs = {
  "genuine-and-valid": "M6 12.500l4 4 8-9",
  "genuine-no-longer-valid": "M7 12h10",
  "not-this-document": "M7 7l10 10M17 7L7 17",
  "unknown": "M9 9.200a3 3 0 1 1 4.300 2.700c-.9.500-1.300 1-1.300 2M12 17v.1",
  "cannot-check-now": "M12 7v5.500l3.500 2",
  "ok": "M6 12.500l4 4 8-9",
  "failed": "M7 7l10 10M17 7L7 17",
  "skipped": "M7 12h10",
  "old": "M12 7v5.500l3.500 2",
};

export function sign(name, className) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", signs[name]);
  svg.append(path);
  return svg;
}

// Dates as they are written here, not in America.
const locales = { de: "de-CH", en: "en-GB", fr: "fr-CH", it: "it-CH" };

function longDate(language, iso) {
  const date = new Date(iso + "T00:00:00Z");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }).format(date);
}

export function longTime(language, seconds) {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeStyle: "short" }).format(new Date(seconds * 1000));
}

function nameOf(language, type, code) {
  try {
    return new Intl.DisplayNames([language], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

const hours = /^([0-9]+(?:[.,][0-9]+)?) h$/;
const dates = ["birthdate", "employed_from", "employed_to", "document_date"];

function shown(language, name, value) {
  if (dates.includes(name)) return make("time", { datetime: value }, longDate(language, value));
  if (name === "language") return nameOf(language, "language", value);
  if (name === "governing_law") return nameOf(language, "region", value);
  if (name === "workload" && hours.test(value)) return say(language, "value_hours", { hours: hours.exec(value)[1] });
  const known = `value_${name}_${value}`;
  if (["reference_type", "signing_mode"].includes(name) && facts[known]) return say(language, known);
  return unbroken(value);
}

// A section sign and its number stay on one line; the text itself remains as it was attested.
function unbroken(text) {
  const whole = make("span");
  for (const part of text.split(/(§+ [0-9]+[a-z]?)/)) {
    whole.append(part.startsWith("§") ? make("span", { class: "together" }, part) : part);
  }
  return whole;
}

function row(label, ...content) {
  return make("div", {}, make("dt", {}, label), make("dd", {}, ...content));
}

const order = [
  "birthdate", "employer", "position", "department", "employed_from", "employed_to", "workload",
  "reference_type", "document_date", "governing_law", "language", "signing_mode",
];

function personRow(language, claims) {
  const part = (name) => make("span", { "data-claim": name }, claims.get(name));
  return row(say(language, "claim_name"), part("given_name"), " ", part("family_name"));
}

function hintFor(report) {
  if (report.verdict === "genuine-no-longer-valid") return "withdrawn_compare";
  return report.claims.get("signing_mode") === "by-hand" ? "compare_signed" : "compare";
}

function factsCard(language, report, byFile) {
  const list = make("dl", { class: "facts" }, personRow(language, report.claims));
  for (const name of order.filter((each) => report.claims.has(each))) {
    const value = report.claims.get(name);
    const content = make("span", { "data-claim": name, "data-value": value }, shown(language, name, value));
    const label = name === "workload" && hours.test(value) ? "claim_hours" : "claim_" + name;
    list.append(row(say(language, label), content));
  }
  list.append(row(say(language, "attested_by"), report.issuer, make("span", { class: "address" }, report.iss)));
  const card = make("section", { class: "card" }, make("h2", {}, say(language, "facts_title")));
  const hint = hintFor(report);
  const says = !byFile || report.verdict === "genuine-no-longer-valid";  // a file is compared already
  if (says) card.append(make("p", { class: "compare" }, say(language, hint)));
  card.append(list);
  return card;
}

function textCard(language, claims) {
  const lang = /^[a-z]{2}$/.test(claims.get("language")) ? claims.get("language") : language;
  const letter = make("div", { class: "letter", lang, "data-claim": "text" });
  for (const [at, paragraph] of claims.get("text").split(/\n{2,}/).entries()) {
    const isTitle = at === 0 && paragraph.length <= 60;
    letter.append(make("p", isTitle ? { class: "title" } : {}, unbroken(paragraph)));
  }
  return make("section", { class: "card" }, make("h2", {}, say(language, "text_title")), letter);
}

const layers = ["ciphertext", "checkpoint", "keys", "entry", "proof", "credential", "disclosure", "document", "status"];

// Genuine, but with a status list from another time: nothing failed, it is only old.
function isOld(report) {
  return report.reason.startsWith("not_fresh");
}

function stateOf(report, layer) {
  if (report.failed === layer && isOld(report)) return "old";
  if (report.failed === layer) return "failed";
  return report.held.includes(layer) ? "ok" : "skipped";
}

function checksCard(language, report, { byFile, blanks }) {
  const list = make("ul", { class: "checks" });
  for (const layer of layers.filter((each) => each !== (byFile ? "ciphertext" : "document"))) {
    const state = stateOf(report, layer);
    const word = make("span", { class: "state" }, say(language, "state_" + state, blanks));
    list.append(make("li", { class: state, "data-check": layer, "data-state": state },
      sign(state, "tick"), make("span", {}, say(language, "check_" + layer)), word));
  }
  const open = report.failed === "" || isOld(report) ? {} : { open: "" };
  return make("details", { class: "card", ...open }, make("summary", {}, say(language, "checks_title")), list);
}

// Where the verdict's sentence names the issuer, the doubt about that name stands beside it.
function isInCard(report, remark) {
  return remark === "remark_issuer" && (report.verdict.startsWith("genuine") || isOld(report));
}

function remarksCard(language, report, blanks) {
  const list = make("ul", { class: "remarks" });
  for (const key of report.remarks.filter((each) => !isInCard(report, each))) list.append(make("li", { "data-remark": key.slice(7) }, say(language, key, blanks)));
  return make("section", { class: "card quiet" }, make("h2", {}, say(language, "remarks_title")), list);
}

function reasonOf(language, report, blanks) {
  const reason = say(language, report.reason, blanks);
  const vouching = report.failed !== "" && report.failed !== "document" && !isOld(report);
  const relies = report.verdict === "cannot-check-now" && vouching;
  return relies ? reason + " " + say(language, "do_not_rely") : reason;
}

function download(language, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  return make("p", {}, make("a", { class: "button", id: "original", href: address, download: "original.pdf" }, say(language, "original_button")));
}

/** Fills the verdict's card. */
export function showVerdict(card, language, report, blanks = {}) {
  card.className = "card verdict is-" + report.verdict;
  card.dataset.verdict = report.verdict;
  card.dataset.failed = report.failed;
  const title = make("h1", { tabindex: "-1" }, say(language, isOld(report) ? "genuine-once" : report.verdict, blanks));
  const body = make("div", { class: "said" }, make("p", { class: "sentence" }, reasonOf(language, report, blanks)));
  for (const key of (report.remarks ?? []).filter((each) => isInCard(report, each))) {
    body.append(make("p", { class: "doubt", "data-remark": key.slice(7) }, say(language, key, blanks)));
  }
  if (report.original) body.append(download(language, report.original));
  card.replaceChildren(sign(report.verdict, "sign"), title, body);
  card.hidden = false;
}

/** The cards under the verdict: facts, text, what was checked, remarks. */
export function detailsOf(language, report, { byFile, blanks }) {
  const cards = [];
  if (report.claims.size > 0) cards.push(factsCard(language, report, byFile), textCard(language, report.claims));
  if (report.held.length > 0 || report.failed !== "") cards.push(checksCard(language, report, { byFile, blanks }));
  if (report.remarks.length > 0) cards.push(remarksCard(language, report, blanks));
  return cards;
}

/** For an ID alone: that it exists, who issued it, its status; never a verdict. */
export function showExistence(card, language, { id, issuer, iss, withdrawn }) {
  const state = withdrawn ? "withdrawn" : "issued";
  card.className = "card verdict is-" + state;
  card.dataset.verdict = "";
  card.dataset.failed = "";
  const tell = (key) => sayOnPage(language, key, { issuer });
  const facts = make("dl", { class: "facts small" },
    row(tell("issuer_label"), issuer, make("span", { class: "address" }, iss)),
    row(tell("status_label"), tell("status_" + state)),
    row(tell("number_label"), make("span", { class: "code" }, id)));
  card.replaceChildren(make("h1", { tabindex: "-1" }, tell(state + "_title")), make("p", { class: "sentence" }, tell(state + "_text")), facts);
  card.hidden = false;
}

export function showBusy(card, language) {
  card.className = "card verdict is-busy";
  card.dataset.verdict = "";
  card.dataset.failed = "";
  card.replaceChildren(make("p", { class: "sentence" }, sayOnPage(language, "checking")));
  card.hidden = false;
}
