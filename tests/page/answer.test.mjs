// From a link or a file to a verdict, against answers of the real endpoint, each layer altered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, fixtures, flip, load, serve } from "./support.mjs";

const { reportOffline, reportOnFile, reportOnLink } = await load("answer.js");
const { concat, fromBase64, fromBase64url, sha256, toBase64url, toCanonicalJson, toHex, utf8 } = await load("bytes.js");
const { openRecord } = await load("record.js");
const { parseEntry } = await load("entry.js");
const { parseHalf } = await load("link.js");
const { parseCheckpoint, parseNote, parseReceipt } = await load("note.js");
const { now, valid, withdrawn } = fixtures;
const trust = { logs: [fixtures.log], issuers: [] };

// The verifier key of the same key under another name.
async function vkeyOf(name, blob) {
  const hash = await sha256(utf8(name + "\n"), fromBase64(blob));
  return `${name}+${toHex(hash.subarray(0, 4))}+${blob}`;
}

const onLink = (holding = valid, at = now) => reportOnLink(holding.id, holding.secret, trust, at);

function expect(report, verdict, failed = "") {
  assert.deepEqual([report.verdict, report.failed], [verdict, failed]);
}

test("The whole link opens the record and everything holds", async () => {
  const asked = serve();
  const report = await onLink();
  expect(report, "genuine-and-valid");
  assert.equal(report.reason, "by_link");
  assert.equal(report.claims.get("family_name"), "Müller-Naïm");
  assert.equal(report.issuer, "Bergbahn & Söhne AG");
  assert.deepEqual(report.remarks, ["remark_witness", "remark_issuer", "remark_weaker"]);
  assert.ok(asked.every((path) => !path.includes(valid.secret)), "the secret stays here");
});

test("An issuer whose key the reader has pinned needs no remark, another kid does", async () => {
  serve();
  const { kid } = parseEntry(JSON.parse(fixtures.answers["/v/" + valid.id].body).entry);
  const remarksWith = async (issuers) => (await reportOnLink(valid.id, valid.secret, { ...trust, issuers }, now)).remarks;
  assert.deepEqual(await remarksWith([{ iss: "https://bergbahn.example", kid }]), ["remark_witness", "remark_weaker"]);
  for (const issuer of [{ iss: "https://other.example", kid }, { iss: "https://bergbahn.example", kid: "A".repeat(43) }]) {
    assert.ok((await remarksWith([issuer])).includes("remark_issuer"));
  }
});

test("A withdrawn reference is genuine but no longer valid, and still shows its claims", async () => {
  serve();
  const report = await onLink(withdrawn);
  expect(report, "genuine-no-longer-valid");
  assert.equal(report.claims.get("given_name"), "Zoë");
});

test("What was signed by hand is genuine as a record, to be compared with the signed paper", async () => {
  serve();
  const report = await onLink(fixtures.by_hand);
  expect(report, "genuine-and-valid");
  assert.equal(report.reason, "by_link_by_hand");
  assert.equal(report.claims.get("signing_mode"), "by-hand");
  assert.ok(!report.remarks.includes("remark_weaker"));
});

test("No file is the document where the paper was signed by hand", async () => {
  serve();
  const { id, pdf } = fixtures.by_hand;
  const onItsPage = await reportOnFile(bytesOf(pdf), id, trust, now);
  expect(onItsPage, "not-this-document", "document");
  assert.equal(onItsPage.reason, "signed_by_hand");
  assert.equal(onItsPage.claims.size, 0);
  const atTheEntrance = await reportOnFile(bytesOf(pdf), null, trust, now);
  expect(atTheEntrance, "not-this-document", "document");
  const proof = fixtures.answers[`/v/${id}/proof`].body;
  const offline = await reportOffline(bytesOf(pdf), proof, trust, now);
  assert.deepEqual([offline.verdict, offline.reason], ["not-this-document", "signed_by_hand"]);
});

test("A wrong secret is not this document", async () => {
  serve();
  expect(await reportOnLink(valid.id, withdrawn.secret, trust, now), "not-this-document", "ciphertext");
});

test("Every altered byte of the sealed record is not this document", async () => {
  for (const at of [0, 5, 200, -1]) {
    serve((path, body) => {
      if (!path.endsWith("/record")) return;
      const bytes = fromBase64url(body.sealed);
      bytes[at < 0 ? bytes.length + at : at] ^= 1;
      body.sealed = toBase64url(bytes);
    });
    expect(await onLink(), "not-this-document", "ciphertext");
  }
});

test("An altered share, and a record that is no base64url, are not this document", async () => {
  serve((path, body) => path.endsWith("/record") && (body.share = flip(body.share, 3)));
  expect(await onLink(), "not-this-document", "ciphertext");
  serve((path, body) => path.endsWith("/record") && (body.sealed = "?"));
  expect(await onLink(), "not-this-document", "ciphertext");
});

// What someone who knows the secret can do: open, alter, seal again.
async function resealed(change) {
  const answer = JSON.parse(fixtures.answers[`/v/${valid.id}/record`].body);
  const keys = { id: parseHalf(valid.id), secret: parseHalf(valid.secret), share: fromBase64url(answer.share) };
  const record = await openRecord(fromBase64url(answer.sealed), keys);
  change(record);
  const plain = utf8(toCanonicalJson({ credential: record.jwt, disclosures: record.disclosures }));
  const padded = concat(plain, new Uint8Array((4096 - (plain.length % 4096)) % 4096));
  const material = await crypto.subtle.importKey("raw", concat(keys.secret, keys.share), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: keys.id, info: utf8("refledger sealed record v1") };
  const key = await crypto.subtle.deriveKey(hkdf, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = new Uint8Array(12);
  const gcm = { name: "AES-GCM", iv, additionalData: concat([1], keys.id) };
  const sealed = concat([1], iv, new Uint8Array(await crypto.subtle.encrypt(gcm, key, padded)));
  serve((path, body) => path.endsWith("/record") && (body.sealed = toBase64url(sealed)));
  return onLink();
}

test("A record that was sealed again unchanged still holds", async () => {
  expect(await resealed(() => {}), "genuine-and-valid");
});

test("An altered credential is named", async () => {
  expect(await resealed((record) => (record.jwt = flip(record.jwt, -5))), "not-this-document", "credential");
  expect(await resealed((record) => (record.jwt = flip(record.jwt, 150))), "not-this-document", "credential");
  const other = withdrawn.sd_jwt.split("~");
  expect(await resealed((record) => (record.jwt = other[0])), "not-this-document", "credential");
});

test("An altered, missing, added, doubled or reordered disclosure is named", async () => {
  const changes = [
    (record) => (record.disclosures[3] = flip(record.disclosures[3], 40)),
    (record) => record.disclosures.pop(),
    (record) => record.disclosures.push(record.disclosures[0]),
    (record) => (record.disclosures[1] = record.disclosures[0]),
    (record) => record.disclosures.reverse(),
    (record) => (record.disclosures[0] = withdrawn.sd_jwt.split("~")[1]),
  ];
  for (const change of changes) expect(await resealed(change), "not-this-document", "disclosure");
});

async function altered(change) {
  serve((path, body) => path === "/v/" + valid.id && change(body));
  return onLink();
}

test("An altered entry is named, at its head, its payload and its signature", async () => {
  for (const at of [10, 200, -5]) {
    expect(await altered((body) => (body.entry = flip(body.entry, at))), "cannot-check-now", "entry");
  }
});

test("Another reference's entry is not this document", async () => {
  const others = JSON.parse(fixtures.answers["/v/" + withdrawn.id].body);
  const swap = (body) => Object.assign(body, { entry: others.entry, receipt: others.receipt });
  expect(await altered(swap), "not-this-document", "entry");
});

test("An altered proof is named: index, a hash, one too few, one too many", async () => {
  const changes = [
    (text) => text.replace(/index \d+/, "index 1"),
    (text) => text.replace(/(index \d+\n.{10})./, "$1A").replace(/(index \d+\n.{11})./, "$1B"),
    (text) => text.replace(/(index \d+\n)[^\n]+\n/, "$1"),
    (text) => text.replace(/(index \d+\n)([^\n]+\n)/, "$1$2$2"),
    (text) => text.replace("@v1", "@v2"),
    (text) => text.replace("index", "extra AAAA\nindex"),
  ];
  for (const change of changes) {
    const report = await altered((body) => (body.receipt = change(body.receipt)));
    expect(report, "cannot-check-now", "proof");
  }
});

test("An altered checkpoint is named: size, root, signature, wherever it stands", async () => {
  const changes = [
    (text) => text.replace(/\/log\n\d+\n/, "/log\n99\n"),
    (text) => text.replace(/(\/log\n\d+\n.{5})./, "$1A").replace(/(\/log\n\d+\n.{6})./, "$1B"),
    (text) => text.replace(/.{6}\n$/, "AAAA==\n"),
    (text) => text.replace(/(— \S+ )[^\n]+/, "$1AAAAAAAA"),
  ];
  for (const change of changes) {
    expect(await altered((body) => (body.receipt = change(body.receipt))), "cannot-check-now", "checkpoint");
    expect(await altered((body) => (body.checkpoint = change(body.checkpoint))), "cannot-check-now", "checkpoint");
  }
});

test("A proof from another log than the trusted one is unknown", async () => {
  const report = await altered((body) => (body.receipt = body.receipt.replaceAll("verify.example", "other.example")));
  expect(report, "unknown", "checkpoint");
});

test("Altered, missing or reordered key entries are named", async () => {
  const changes = [
    (body) => (body.keys[0].entry = flip(body.keys[0].entry, -5)),
    (body) => (body.keys[1].entry = flip(body.keys[1].entry, 300)),
    (body) => (body.keys = []),
    (body) => body.keys.reverse(),
    (body) => body.keys.shift(),
    (body) => body.keys.push(body.keys[1]),
  ];
  for (const change of changes) {
    const report = await altered(change);
    assert.equal(report.verdict, "cannot-check-now");
    assert.ok(["keys", "proof"].includes(report.failed), report.failed);
  }
});

test("A status token that is altered, missing, from the future or another list's is named", async () => {
  for (const at of [20, 200, -5]) {
    expect(await altered((body) => (body.status_token = flip(body.status_token, at))), "cannot-check-now", "status");
  }
  expect(await altered((body) => (body.status_token = "")), "cannot-check-now", "status");
  serve();
  expect(await onLink(valid, now - 3600), "cannot-check-now", "status");
});

test("Past the token's end the answer is that withdrawal was last checked then", async () => {
  serve();
  expect(await onLink(valid, now + 24 * 3600 - 1), "genuine-and-valid");
  const report = await onLink(valid, now + 24 * 3600);
  expect(report, "cannot-check-now", "status");
  assert.ok(report.remarks.includes("remark_withdrawal"));
  assert.equal(report.statusAsOf, now);
  assert.equal(report.reason, "not_fresh_link");
});

test("A withdrawal that does not hold, or is only claimed, gives no verdict on the document", async () => {
  const others = JSON.parse(fixtures.answers["/v/" + withdrawn.id].body);
  expect(await altered((body) => (body.withdrawn = others.withdrawn)), "cannot-check-now", "status");
  expect(await altered((body) => (body.status = "withdrawn")), "cannot-check-now", "status");
});

test("A withdrawal that the server keeps back is still in the status list", async () => {
  serve((path, body) => path === "/v/" + withdrawn.id && Object.assign(body, { withdrawn: null, status: "issued" }));
  const report = await onLink(withdrawn);
  expect(report, "genuine-no-longer-valid");
  assert.ok(report.remarks.includes("remark_disagreement"));
});

test("A withdrawal that a young enough list does not know of is reported too, an older list is not", async () => {
  const fresh = JSON.parse(fixtures.answers["/v/" + withdrawn.id].body).status_token;
  serve();
  assert.ok(!(await onLink(withdrawn)).remarks.includes("remark_disagreement"));
  for (const [token, disagrees] of [[fixtures.denying_token, true], [fixtures.older_token, false], [fresh, false], ["", false]]) {
    serve((path, body) => path === "/v/" + withdrawn.id && (body.status_token = token));
    const report = await onLink(withdrawn);
    expect(report, "genuine-no-longer-valid");
    assert.equal(report.remarks.includes("remark_disagreement"), disagrees);
  }
});

test("An unknown ID is unknown; an erased record, a silent server and nonsense cannot be checked", async () => {
  serve();
  expect(await reportOnLink("0".repeat(26), valid.secret, trust, now), "unknown");
  globalThis.fetch = async (path) =>
    path.endsWith("/record") ? new Response("{}", { status: 404 }) : new Response(fixtures.answers[path].body);
  assert.equal((await onLink()).reason, "record_gone");
  globalThis.fetch = async () => { throw new TypeError("network"); };
  assert.equal((await onLink()).reason, "no_answer");
  globalThis.fetch = async () => new Response("", { status: 503 });
  assert.equal((await onLink()).reason, "no_answer");
  for (const body of ["", "[]", "null", '{"v":1}', "<html>"]) {
    globalThis.fetch = async () => new Response(body);
    expect(await onLink(), "cannot-check-now");
    globalThis.fetch = async () => new Response(body, { status: 404 });
    expect(await onLink(), "cannot-check-now");
  }
});

test("Without a browser's cryptography, or where the page itself fails, nothing can be checked", async () => {
  serve();
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  const without = await onLink();
  Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
  assert.equal(without.reason, "no_crypto");
  const { error } = console;
  console.error = () => {};
  const broken = await reportOnLink(valid.id, valid.secret, undefined, now);
  console.error = error;
  expect(broken, "cannot-check-now");
  assert.equal(broken.reason, "page_error");
});

test("The file is genuine at the entrance and at its own number", async () => {
  const asked = serve();
  const pdf = bytesOf(valid.pdf);
  for (const id of [null, valid.id]) {
    const report = await reportOnFile(pdf, id, trust, now);
    expect(report, "genuine-and-valid");
    assert.equal(report.reason, "by_file");
  }
  assert.ok(asked.every((path) => /^\/(d\/[0-9a-f]{64}|v\/[0-9A-Z]{26})$/.test(path)), "only a hash leaves");
});

test("Without a server a withdrawn reference is no disagreement between sources: only one was asked", async () => {
  const proof = fixtures.answers[`/v/${withdrawn.id}/proof`].body;
  const report = await reportOffline(bytesOf(withdrawn.pdf), proof, trust, now);
  expect(report, "genuine-no-longer-valid");
  assert.ok(!report.remarks.includes("remark_disagreement"));
});

test("A file with one letter changed is not this document, with and without a number", async () => {
  serve();
  const pdf = bytesOf(valid.pdf);
  pdf[pdf.length - 20] ^= 1;
  expect(await reportOnFile(pdf, null, trust, now), "not-this-document", "document");
  expect(await reportOnFile(pdf, valid.id, trust, now), "not-this-document", "document");
});

test("Another reference's file is not the document of this number", async () => {
  serve();
  const report = await reportOnFile(bytesOf(withdrawn.pdf), valid.id, trust, now);
  assert.equal(report.verdict, "not-this-document");
  expect(await reportOnFile(bytesOf(withdrawn.pdf), null, trust, now), "genuine-no-longer-valid");
});

test("A file without our attachment is unknown, with and without a server", async () => {
  const asked = serve();
  const proof = fixtures.answers[`/v/${valid.id}/proof`].body;
  for (const text of ["", "hello", "%PDF-1.7\n%%EOF\n"]) {
    for (const id of [null, valid.id]) expect(await reportOnFile(utf8(text), id, trust, now), "unknown");
    expect(await reportOffline(utf8(text), proof, trust, now), "unknown");
  }
  assert.deepEqual(asked, []);
});

// The file with its credential's payload changed; nothing in it holds then.
function withPayload(pdf, change) {
  const text = Buffer.from(pdf, "base64").toString("latin1");
  const jwt = /[\w-]+\.[\w-]+\.[\w-]+(?=~)/.exec(text)[0];
  const [head, payload, signature] = jwt.split(".");
  const changed = JSON.parse(Buffer.from(payload, "base64url").toString());
  change(changed);
  const other = [head, toBase64url(utf8(toCanonicalJson(changed))), signature].join(".");
  const length = /\/Length (\d+)/.exec(text)[1];
  return utf8(text.replace(jwt, other).replace("/Length " + length, "/Length " + (Number(length) + other.length - jwt.length)));
}

test("A file whose credential names another host is unknown here, and that host is named", async () => {
  const asked = serve();
  const elsewhere = withPayload(valid.pdf, (payload) => (payload.status.status_list.uri = "https://refs.example.com:8443/status/0"));
  for (const id of [null, valid.id]) {
    const report = await reportOnFile(elsewhere, id, trust, now);
    expect(report, "unknown");
    assert.deepEqual([report.reason, report.host], ["other_host", "refs.example.com:8443"]);
  }
  assert.deepEqual(asked, [], "nothing to ask here");
  const here = withPayload(valid.pdf, (payload) => (payload.status.status_list.uri = "https://verify.example/status/1"));
  expect(await reportOnFile(here, null, trust, now), "not-this-document", "document");
  const nowhere = withPayload(valid.pdf, (payload) => (payload.status.status_list.uri = "nowhere"));
  expect(await reportOnFile(nowhere, null, trust, now), "not-this-document", "document");
});

test("Where something was appended, the original is inside and is handed back", async () => {
  const pdf = bytesOf(valid.pdf);
  const proof = fixtures.answers[`/v/${valid.id}/proof`].body;
  for (const tail of ["1 0 obj\nendobj\n%%EOF\n", " ", "%%EOF", "\n%%EOF\r\n%%EOF"]) {
    serve();
    const longer = concat(pdf, utf8(tail));
    const reports = [await reportOnFile(longer, null, trust, now), await reportOnFile(longer, valid.id, trust, now)];
    reports.push(await reportOffline(longer, proof, trust, now), await reportOffline(longer, proof, trust, now + 86400 * 7300));
    for (const report of reports) {
      expect(report, "not-this-document", "document");
      assert.equal(report.reason, "original_inside");
      assert.deepEqual(report.original, pdf);
    }
  }
});

test("The search for an original is bounded", async () => {
  const asked = serve();
  const pdf = bytesOf(valid.pdf);
  pdf[20] ^= 1;
  const report = await reportOnFile(concat(pdf, utf8("%%EOF\n".repeat(1000))), null, trust, now);
  expect(report, "not-this-document", "document");
  assert.equal(report.original, undefined);
  assert.ok(asked.length <= 9, String(asked.length));
});

test("A damaged number or key is said to be that, and nothing is asked", async () => {
  const asked = serve();
  const wrongEnd = valid.secret.slice(0, 25) + "1";
  for (const secret of ["", valid.secret.slice(1), wrongEnd]) {
    const report = await reportOnLink(valid.id, secret, trust, now);
    assert.deepEqual([report.verdict, report.reason], ["unknown", "link_damaged"], secret);
  }
  assert.equal((await reportOnLink(valid.id.slice(1), valid.secret, trust, now)).reason, "link_damaged");
  assert.deepEqual(asked, []);
});

test("File and proof file check without a server", async () => {
  globalThis.fetch = () => assert.fail("nothing is asked");
  const proof = fixtures.answers[`/v/${valid.id}/proof`].body;
  const pdf = bytesOf(valid.pdf);
  expect(await reportOffline(pdf, proof, trust, now), "genuine-and-valid");
  assert.equal((await reportOffline(pdf, null, trust, now)).reason, "no_proof");
  expect(await reportOffline(pdf, "{}", trust, now), "cannot-check-now", "proof");
  const later = await reportOffline(pdf, proof, trust, now + 86400 * 365 * 20);
  expect(later, "cannot-check-now", "status");
  assert.equal(later.reason, "not_fresh_file");
  assert.equal((await reportOffline(pdf, proof, null, now)).reason, "bad_trust");
  const long = concat(pdf, new Uint8Array(32 * 1024 * 1024));
  assert.equal((await reportOffline(long, proof, trust, now)).reason, "fail_size");
  const two = { ...trust, logs: [fixtures.other_log, ...trust.logs] };
  expect(await reportOffline(pdf, proof, two, now), "genuine-and-valid");
  const other = fixtures.answers[`/v/${withdrawn.id}/proof`].body;
  expect(await reportOffline(pdf, other, trust, now), "not-this-document", "credential");
});

test("Of a log that was closed nothing counts beyond its end, and another log says what was withdrawn since", async () => {
  globalThis.fetch = () => assert.fail("nothing is asked");
  const proof = fixtures.answers[`/v/${valid.id}/proof`].body;
  const pdf = bytesOf(valid.pdf);
  const { checkpoint } = parseReceipt(JSON.parse(proof).receipt);
  const { origin, size, root } = parseCheckpoint(parseNote(checkpoint).text);
  const closedAs = (end) => ({ ...trust, closed: [{ origin, size, root, stolen: false, ...end }] });
  const report = (end) => reportOffline(pdf, proof, closedAs(end), now);
  expect(await report({}), "genuine-and-valid");
  expect(await report({ size: size + 1 }), "genuine-and-valid");
  expect(await report({ stolen: true }), "genuine-and-valid");
  expect(await report({ origin: "else.example/log", size: 1 }), "genuine-and-valid");
  expect(await report({ size: size - 1 }), "cannot-check-now", "checkpoint");
  expect(await report({ root: new Uint8Array(32) }), "cannot-check-now", "checkpoint");
  expect(await report({ size: size + 1, stolen: true }), "cannot-check-now", "checkpoint");
  const blob = fixtures.other_log.split("+").slice(2).join("+");
  const successor = await vkeyOf(origin + "/epoch-2", blob);
  const both = { ...closedAs({}), logs: [...trust.logs, successor] };
  expect(await reportOffline(pdf, proof, both, now), "cannot-check-now", "status");
});
