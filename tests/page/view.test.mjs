// What the cards say about a report, on as little of a document as they need.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support.mjs";

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], dataset: {} });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  get text() {
    return this.children.map((child) => (typeof child === "string" ? child : child.text)).join("");
  }
  find(matches) {
    const held = this.children.filter((child) => child instanceof Element);
    return [...(matches(this) ? [this] : []), ...held.flatMap((child) => child.find(matches))];
  }
}
globalThis.document = { createElement: (tag) => new Element(tag), createElementNS: (_, tag) => new Element(tag) };

const { detailsOf, showVerdict } = await load("view.js");
const { isWeakerThanWritten } = await load("check.js");

const blanks = { issuer: "Bergbahn AG", iss: "https://bergbahn.example", host: "verify.example", time: "2 November 2026" };
const claims = (more) => new Map([["given_name", "Z"], ["family_name", "M"], ["text", "Title\n\nBy § 330a of §§ 12 and Art. 3."], ...more]);
const report = (more) => ({
  verdict: "genuine-and-valid", failed: "", reason: "by_file", held: ["document"], claims: claims([]),
  remarks: ["remark_witness", "remark_issuer"], iss: blanks.iss, issuer: blanks.issuer, ...more,
});

function cardOf(each) {
  const card = new Element("section");
  showVerdict(card, "en", each, blanks);
  return card;
}

function detailsFor(each, byFile = true) {
  const all = new Element("div");
  all.append(...detailsOf("en", each, { byFile, blanks }));
  return all;
}
const remarked = (element, name) => element.find((each) => each.attributes["data-remark"] === name).length;

test("A verdict names issuer and address, and the doubt about them stands beside it", () => {
  for (const reason of ["by_file", "by_link"]) {
    const card = cardOf(report({ reason }));
    assert.match(card.text, /Bergbahn AG \(https:\/\/bergbahn\.example\)/);
    assert.equal(remarked(card, "issuer"), 1);
    assert.equal(remarked(card, "witness"), 0);
  }
  const details = detailsFor(report());
  assert.deepEqual([remarked(details, "issuer"), remarked(details, "witness")], [0, 1]);
  const other = report({ verdict: "not-this-document", failed: "document", reason: "fail_document", claims: new Map() });
  assert.deepEqual([remarked(cardOf(other), "issuer"), remarked(detailsFor(other), "issuer")], [0, 1]);
});

test("An old status list is dated, fails nothing and warns of nothing", () => {
  const old = report({ verdict: "cannot-check-now", failed: "status", reason: "not_fresh_file" });
  const card = cardOf(old);
  assert.match(card.text, /^Genuine; withdrawal last looked up 2 November 2026/);
  assert.doesNotMatch(card.text, /Do not rely|Cannot check/);
  assert.equal(card.dataset.verdict, "cannot-check-now");
  const details = detailsFor(old);
  assert.doesNotMatch(details.text, /does not hold/);
  const [row] = details.find((each) => each.attributes["data-check"] === "status");
  assert.equal(row.attributes["data-state"], "old");
  assert.match(row.text, /last 2 November 2026/);
  const broken = report({ verdict: "cannot-check-now", failed: "status", reason: "fail_status" });
  assert.match(cardOf(broken).text, /Cannot check now.*Do not rely/);
  assert.match(detailsFor(broken).text, /does not hold/);
});

test("Hours are called agreed hours, a percentage a workload", () => {
  for (const [value, said] of [["38.5 h", "Agreed hours38.5 hours a week"], ["38,5 h", "Agreed hours38,5 hours a week"], ["80 %", "Workload80 %"]]) {
    assert.ok(detailsFor(report({ claims: claims([["workload", value]]) })).text.includes(said), value);
  }
});

test("A section sign stays with its number, and the text remains as it was attested", () => {
  const details = detailsFor(report());
  const [letter] = details.find((each) => each.attributes["data-claim"] === "text");
  assert.equal(letter.text, "TitleBy § 330a of §§ 12 and Art. 3.");
  assert.deepEqual(letter.find((each) => each.attributes.class === "together").map((each) => each.text), ["§ 330a", "§§ 12"]);
});

test("A seal is weaker than a signature where the law wants one; a person's qualified signature is not", () => {
  const weaker = (law, type, mode, date = "2026-09-30") => isWeakerThanWritten(new Map([
    ["governing_law", law], ["reference_type", type], ["signing_mode", mode], ["document_date", date]]));
  assert.equal(weaker("DE", "qualified", "company-seal"), true);
  assert.equal(weaker("DE", "qualified", "by-hand"), false);
  assert.equal(weaker("DE", "qualified", "qualified"), false);
  assert.equal(weaker("DE", "qualified", "qualified", "2024-12-31"), true);
  assert.equal(weaker("CH", "full_final", "company-seal"), true);
  assert.equal(weaker("CH", "full_final", "qualified", "2020-01-31"), false);
  assert.equal(weaker("CH", "confirmation", "company-seal"), true);
  assert.equal(weaker("DE", "confirmation", "company-seal"), false);
  assert.equal(isWeakerThanWritten(new Map()), false);
});

test("Kinds and signing modes have names in every language, also where a kind and a mode are one word", () => {
  const shown = (language, type, mode) => {
    const some = report({ claims: claims([["reference_type", type], ["signing_mode", mode]]) });
    const all = new Element("div");
    all.append(...detailsOf(language, some, { byFile: false, blanks: {} }));
    return all;
  };
  assert.match(shown("de", "qualified", "qualified").text, /Qualifiziertes Arbeitszeugnis.*Qualifizierte elektronische Signatur/);
  assert.match(shown("en", "full_final", "by-hand").text, /Full certificate.*Signed by hand; the original is the paper/);
  assert.match(shown("fr", "apprenticeship", "company-seal").text, /Certificat d’apprentissage.*Cachet numérique/);
  assert.match(shown("it", "interim", "by-hand").text, /Attestato di lavoro intermedio.*Firmato a mano/);
});

test("What was signed by hand is to be compared with the signed paper", () => {
  const byHand = report({ reason: "by_link_by_hand", claims: claims([["signing_mode", "by-hand"]]) });
  assert.match(cardOf(byHand).text, /The paper is signed by hand; the original is the paper/);
  assert.match(detailsFor(byHand, false).text, /Compare every line with the signed paper/);
});
