// The page's texts, and the one file that the verifier is saved as.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { Script } from "node:vm";
import { bytesOf, fixtures, load, source } from "./support.mjs";

const { texts } = await load("texts.js");
const { words } = await load("words.js");
const { facts } = await load("facts.js");
const { parseTrust } = await load("trust.js");
const { reportOffline } = await load("answer.js");
const languages = ["de", "en", "fr", "it"];
const modules = readdirSync(new URL("../../verify/web/page/", import.meta.url)).filter((name) => name.endsWith(".js"));

test("Every text stands in all four languages, with the same blanks, and in Swiss spelling", () => {
  for (const table of [texts, words, facts]) {
    for (const [key, entry] of Object.entries(table)) {
      assert.deepEqual(Object.keys(entry), languages, key);
      const blanks = languages.map((language) => (entry[language].match(/\{\w+\}/g) ?? []).sort().join());
      assert.equal(new Set(blanks).size, 1, key);
      assert.ok(languages.every((language) => entry[language].trim() !== ""), key);
      assert.ok(!entry.de.includes("ß"), key);
    }
  }
});

test("Every key that page or scripts name is in the table", () => {
  const template = source("page.html") + source("burnt.html");
  for (const [, key] of template.matchAll(/\{\{t\.(\w+)\}\}/g)) assert.ok(texts[key], key);
  for (const [, key] of template.matchAll(/data-t="(\w+)"/g)) assert.ok(texts[key], key);
  for (const name of ["answer.js", "check.js"]) {
    for (const [, key] of source(name).matchAll(/verdict\("[\w-]+", "\w*", "(\w+)"\)/gi)) assert.ok(words[key], key);
    for (const [, key] of source(name).matchAll(/"(remark_\w+)"/g)) assert.ok(words[key], key);
  }
  const layers = ["ciphertext", "credential", "disclosure", "entry", "proof", "checkpoint", "keys", "status", "document"];
  for (const layer of layers) assert.ok(words["fail_" + layer] && words["check_" + layer], layer);
});

test("The scripts make no markup from text and reach for nothing outside", () => {
  for (const name of modules.filter((each) => !each.startsWith("noble"))) {
    const code = source(name);
    for (const word of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "localStorage", "sessionStorage", "cookie"]) {
      assert.ok(!code.includes(word), `${name}: ${word}`);
    }
    const outside = code.match(/https?:\/\/[^"'` )]+/g) ?? [];
    assert.deepEqual(outside.filter((url) => !url.startsWith("http://www.w3.org/2000/svg")), [], name);
  }
});

test("The vendored library carries its licence and is the only large file", () => {
  assert.match(source("noble-ed25519.LICENSE"), /MIT License/);
  assert.match(source("noble-ed25519.js").slice(0, 200), /MIT License/);
  for (const name of modules.filter((each) => !each.startsWith("noble"))) {
    assert.ok(source(name).split("\n").length <= 500, name);
  }
});

const html = fixtures.answers["/verifier.html"].body;
const script = /<script type="module">([^]*?)<\/script>/.exec(html)[1];
const style = /<style>([^]*?)<\/style>/.exec(html)[1];

test("The saved verifier is one file whose policy allows its own script and style alone, and no network", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1].replaceAll("&apos;", "'");
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  assert.ok(policy.includes(`script-src ${hash(script)};`), policy);
  assert.ok(policy.includes(`style-src ${hash(style)};`));
  assert.ok(policy.startsWith("default-src 'none'") && !policy.includes("connect-src"));
  assert.ok(!/(src|href)="(?!#|\?lang=)/.test(html), "nothing is loaded");
});

test("The saved verifier's script is whole: it parses, imports nothing and holds every module once", () => {
  new Script(script);
  assert.ok(!/^(import|export) /m.test(script.replace(/\/\*[^]*?\*\//g, "")));
  for (const name of modules) {
    const variable = "module_" + name.replaceAll(/[.-]/g, "_");
    assert.equal(script.split(`const ${variable} = (`).length, 2, name);
  }
});

test("The saved verifier carries the log's key and the trust file", () => {
  const config = JSON.parse(/id="config">([^]*?)<\/script>/.exec(html)[1]);
  assert.equal(config.log, fixtures.log);
  assert.equal(config.offline, true);
  assert.match(config.trust, /^log \S+ https:\/\/verify\.example\/log$/m);
  const parsed = parseTrust(config.trust);
  assert.deepEqual(parsed.logs, [fixtures.log]);
  assert.deepEqual(parsed.issuers.map(({ iss }) => iss), ["https://bergbahn.example"]);
});

test("What the saved verifier trusts confirms the issuer, without any server", async () => {
  globalThis.fetch = () => assert.fail("nothing is asked");
  const config = JSON.parse(/id="config">([^]*?)<\/script>/.exec(html)[1]);
  const proof = fixtures.answers[`/v/${fixtures.valid.id}/proof`].body;
  const report = await reportOffline(bytesOf(fixtures.valid.pdf), proof, parseTrust(config.trust), fixtures.now);
  assert.equal(report.verdict, "genuine-and-valid");
  assert.deepEqual(report.remarks, ["remark_witness", "remark_weaker"]);
});

test("The verdict names issuer and address, and no text calls the seal a personal signature", () => {
  for (const key of ["by_link", "by_file", "not_fresh_link", "not_fresh_file", "since_withdrawn"]) {
    for (const language of languages) assert.ok(words[key][language].includes("{issuer} ({iss})"), key);
  }
  const signatures = /Unterschrift|signature|firma\b/i;
  for (const key of ["fail_credential", "fail_disclosure", "check_credential", "check_disclosure"]) {
    for (const language of languages) assert.doesNotMatch(words[key][language], signatures, key);
  }
  for (const language of languages) {
    assert.doesNotMatch(texts.entrance_title[language], /Zeugnis|certificat|reference/);
    assert.doesNotMatch(texts.burnt_title[language], /verbraucht|burnt|grillé|bruciato/);
  }
});
