// Each module against published vectors and against the worked examples of docs/format.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { flip, load } from "./support.mjs";

const vectors = new URL("../vectors/", import.meta.url);
const file = (name) => readFileSync(new URL(name, vectors), "utf8");
const raw = (name) => new Uint8Array(readFileSync(new URL(name, vectors)));
const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));

const bytes = await load("bytes.js");
const { isEnrollable, signatureHolds } = await load("ed25519.js");
const { isIncluded, leafHash } = await load("merkle.js");
const { isSignedBy, parseCheckpoint, parseNote, parseReceipt, parseVkey } = await load("note.js");
const { check } = await load("check.js");
const { disclose, parseJwt, parseSdJwt } = await load("credential.js");
const { parseEntry } = await load("entry.js");
const { IssuerKeys } = await load("keys.js");
const { hashReference, parseHalf, parseTyped, secretOfFragment, tidyTyped } = await load("link.js");
const { credentialOfPdf, endsWithin } = await load("pdf.js");
const { openRecord } = await load("record.js");
const { readProofFile } = await load("source.js");
const { isWithdrawn, parseStatusToken } = await load("status.js");
const { parseTrust } = await load("trust.js");
const { thumbprint } = await load("jws.js");
const { isSameLog } = await load("origin.js");

const secrets = JSON.parse(file("example/secrets.json"));
const trust = parseTrust(file("example/trust.txt"));
const withoutEd25519 = { importKey: () => Promise.reject(new DOMException("no", "NotSupportedError")) };

// ---- signatures -----------------------------------------------------------------------------------

for (const [name, subtle] of [["the browser", crypto.subtle], ["the library, forced", withoutEd25519]]) {
  test(`Ed25519 by ${name}: RFC 8032, and nothing with a bit changed`, async () => {
    for (const each of JSON.parse(file("ed25519/rfc8032.json")).tests) {
      const [key, message, signature] = [each.public, each.message, each.signature].map(hex);
      assert.ok(await signatureHolds(key, message, signature, subtle), each.name);
      for (const at of [0, 31, 32, 63]) {
        const bad = signature.slice();
        bad[at] ^= 1;
        assert.equal(await signatureHolds(key, message, bad, subtle), false);
      }
      assert.equal(await signatureHolds(key, bytes.concat(message, [0]), signature, subtle), false);
    }
  });

  test(`Ed25519 by ${name}: every case of Wycheproof`, async () => {
    for (const each of JSON.parse(file("ed25519/wycheproof.json")).tests) {
      const held = await signatureHolds(hex(each.public), hex(each.message), hex(each.signature), subtle);
      assert.equal(held, each.valid, `case ${each.id}`);
    }
  });
}

test("The library refuses small-order and non-canonical points, as the log does", async () => {
  const identity = hex("0100000000000000000000000000000000000000000000000000000000000000");
  const smallOrder = hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  const beyond = hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
  for (const key of [identity, smallOrder, beyond, new Uint8Array(32)]) {
    assert.equal(isEnrollable(key), false);
    const signature = bytes.concat(identity, new Uint8Array(32));
    assert.equal(await signatureHolds(key, bytes.utf8("x"), signature, withoutEd25519), false);
  }
});

test("A point of small order or not canonical never reaches the browser's own check", async () => {
  const willing = { importKey: async () => ({}), verify: async () => true };  // the laxest of browsers
  const [vector] = JSON.parse(file("ed25519/rfc8032.json")).tests;
  const [key, message, signature] = [vector.public, vector.message, vector.signature].map(hex);
  assert.ok(await signatureHolds(key, message, signature, willing));
  const bad = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ].map(hex);
  for (const point of bad) {
    assert.equal(await signatureHolds(point, message, signature, willing), false, "key");
    assert.equal(await signatureHolds(key, message, bytes.concat(point, signature.subarray(32)), willing), false, "R");
  }
});

test("The thumbprint is RFC 8037's", async () => {
  const key = bytes.fromBase64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", 32);
  assert.equal(await thumbprint(key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

// ---- encodings ------------------------------------------------------------------------------------

test("base64url takes only what it writes", () => {
  for (let length = 0; length < 40; ++length) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
    assert.deepEqual(bytes.fromBase64url(bytes.toBase64url(some)), some);
    assert.deepEqual(bytes.fromBase64(bytes.toBase64(some)), some);
  }
  for (const bad of ["A", "AB", "AA==", "A A", "AA\n", "+/", "éé", null, 7]) {
    assert.throws(() => bytes.fromBase64url(bad), bytes.Malformed, String(bad));
  }
  for (const bad of ["AB==", "AA", "AA=", "====", "A===", "AA==\n", "__==", null]) {
    assert.throws(() => bytes.fromBase64(bad), bytes.Malformed, String(bad));
  }
  assert.throws(() => bytes.fromBase64url("AAAA", 4), bytes.Malformed);
});

test("Canonical JSON is taken, anything beside it refused", () => {
  for (const good of ["{}", "[]", '{"a":1,"b":[true,false,null,"é\\n"]}', "-7", '"\\u0001"', '{"__proto__":1}']) {
    assert.equal(bytes.toCanonicalJson(bytes.fromCanonicalJson(good)), good);
  }
  const bad = [
    "", " {}", "{} ", '{"b":1,"a":2}', '{"a":1,"a":1}', "1.5", "1e3", "-0", "9007199254740992", '"\\ud800"',
    '"\\u00e9"', "NaN", "{'a':1}",
  ];
  for (const each of bad) assert.throws(() => bytes.fromCanonicalJson(each), bytes.Malformed, each);
});

test("The link's halves are the worked example's", async () => {
  const [, id, secret] = /\/V\/(\w+)#(\w+)/.exec(file("example/link.txt"));
  assert.deepEqual(parseHalf(id), hex(secrets.id));
  assert.deepEqual(parseHalf(secret), hex(secrets.secret));
  assert.equal(bytes.toBase32(hex(secrets.id)), id);
  for (const bad of ["", id.slice(1), id + "0", id.toLowerCase(), id.slice(0, 25) + "1", "U" + id.slice(1)]) {
    assert.throws(() => parseHalf(bad), bytes.Malformed, bad);
  }
});

test("What stands behind the # is a whole secret, nothing, or damaged", () => {
  const secret = bytes.toBase32(hex(secrets.secret));
  assert.equal(secretOfFragment(secret), secret);
  assert.equal(secretOfFragment(secret.toLowerCase()), secret);
  assert.equal(secretOfFragment(""), "");
  assert.equal(secretOfFragment("main"), "");
  const wrongEnd = secret.slice(0, 25) + "1";
  for (const bad of [secret.slice(1), secret + "0", wrongEnd, "U" + secret.slice(1), "x", "%20"]) {
    assert.throws(() => secretOfFragment(bad), bytes.Malformed, bad);
  }
});

test("Typed codes: blanks, hyphens, small letters and look-alikes are taken, every wrong letter is not", () => {
  const code = bytes.toBase32(hex(secrets.id));
  const typed = code + bytes.checkSymbol(code);
  const grouped = typed.match(/.{1,4}/g).join(" ");
  assert.equal(parseTyped(grouped), code);
  assert.equal(parseTyped(" " + grouped.toLowerCase().replaceAll(" ", "-") + "\n"), code);
  assert.equal(tidyTyped("o-O iIlL"), "001111");
  for (let at = 0; at < 26; ++at) {
    for (const letter of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
      if (letter === typed[at]) continue;
      assert.throws(() => parseTyped(typed.slice(0, at) + letter + typed.slice(at + 1)), bytes.Malformed);
    }
  }
  for (const bad of ["", code, typed + "0", typed.slice(1), "U".repeat(27)]) assert.throws(() => parseTyped(bad));
});

// ---- the log --------------------------------------------------------------------------------------

test("Inclusion: every published proof holds, and none with another index, size, hash or length", async () => {
  const vector = JSON.parse(file("merkle/rfc6962-8leaf.json"));
  const leaves = await Promise.all(vector.leaf_inputs_hex.map((each) => leafHash(hex(each))));
  leaves.forEach((leaf, at) => assert.deepEqual(leaf, hex(vector.leaf_hashes[at])));
  for (const { index, size, proof } of vector.inclusion) {
    const path = proof.map(hex);
    const root = hex(vector.roots[size]);
    assert.ok(await isIncluded(leaves[index], index, size, path, root));
    assert.equal(await isIncluded(leaves[index], index + size, size, path, root), false);
    assert.equal(await isIncluded(leaves[(index + 1) % 8], index, size, path, root), false);
    assert.equal(await isIncluded(leaves[index], index, size, [...path, root], root), false);
    if (path.length === 0) continue;
    assert.equal(await isIncluded(leaves[index], index, size, path.slice(1), root), false);
    assert.equal(await isIncluded(leaves[index], index ^ 1, size, path, root), false);
    for (const at of path.keys()) {
      const bad = path.map((hash) => hash.slice());
      bad[at][7] ^= 1;
      assert.equal(await isIncluded(leaves[index], index, size, bad, root), false);
    }
  }
});

test("The example's checkpoint is signed by its log, with a witness's line beside it too", async () => {
  const key = await parseVkey(trust.logs[0]);
  for (const name of ["example/checkpoint.txt", "example/checkpoint-cosigned.txt"]) {
    const note = parseNote(file(name));
    assert.ok(await isSignedBy(note, key));
    assert.equal(bytes.toHex(parseCheckpoint(note.text).root), secrets.root);
    assert.equal(await isSignedBy({ ...note, text: note.text.replace("refs", "refz") }, key), false);
  }
  assert.equal(await isSignedBy(parseNote(file("example/checkpoint.txt")), { ...key, name: "other/log" }), false);
  await assert.rejects(parseVkey(trust.logs[0].replace("refs", "refz")), bytes.Malformed);
});

test("Notes, checkpoints and receipts of another form are refused", () => {
  const note = file("example/checkpoint.txt");
  const bad = [note.slice(0, -1), note.replace("\n\n", "\n"), note.replace("\u2014", "-"), note + "x\n", "\t" + note];
  for (const each of bad) assert.throws(() => parseNote(each), bytes.Malformed, each);
  for (const each of ["a\n01\n", "a\n1\nAA==\n", "a\n-1\n" + "A".repeat(43) + "=\n", "a b\n1\n" + "A".repeat(43) + "=\n"]) {
    assert.throws(() => parseCheckpoint(each), bytes.Malformed, each);
  }
  const receipt = file("example/receipt.tlog-proof");
  assert.equal(parseReceipt(receipt).index, 2);
  for (const each of [receipt.replace("index 2", "index 02"), receipt.replace("@v1", "@v2"), receipt.replace(/\n\n[^]*/, "")]) {
    assert.throws(() => parseReceipt(each), bytes.Malformed);
  }
});

test("The example's entries are read, and none with a letter changed keeps its signature or its form", async () => {
  const kinds = ["key-added", "key-added", "issued", "issued", "withdrawn", "key-added", "key-retired"];
  for (const [at, kind] of kinds.entries()) {
    const text = file(`example/entry-${at}.jws`).trim();
    assert.equal(parseEntry(text).kind, kind);
    assert.throws(() => parseEntry(text + "A"), bytes.Malformed);
    assert.throws(() => parseEntry(text.split(".").slice(0, 2).join(".")), bytes.Malformed);
  }
});

test("The example's key history holds as a whole, and not with a link missing or twice", async () => {
  const key = async (keys, at) => keys.apply(parseEntry(file(`example/entry-${at}.jws`).trim()), at);
  const keys = new IssuerKeys();
  for (const at of [0, 1, 5, 6]) await key(keys, at);
  assert.equal(keys.iss, "https://muster.example");
  const first = parseEntry(file("example/entry-2.jws").trim()).kid;
  assert.ok(keys.mayAttest(first, 4), "before it was retired");
  assert.equal(keys.mayAttest(first, 7), false, "after it was retired");
  assert.equal(keys.mayAttest(first, 0), false, "before it was added");
  await assert.rejects(key(keys, 6), bytes.Malformed);
  const broken = new IssuerKeys();
  await assert.rejects(key(broken, 1), bytes.Malformed);
  await key(broken, 0);
  await assert.rejects(key(broken, 5), bytes.Malformed);
  await assert.rejects(key(broken, 0), bytes.Malformed);
});

// ---- credential, record, status -------------------------------------------------------------------

const sdJwt = () => parseSdJwt(file("example/reference.sd-jwt").trim());

test("The example's record opens to the example's credential, and with nothing else", async () => {
  const keys = { id: hex(secrets.id), secret: hex(secrets.secret), share: hex(secrets.share) };
  const sealed = raw("example/record.bin");
  assert.deepEqual(await openRecord(sealed, keys), sdJwt());
  for (const name of ["id", "secret", "share"]) {
    const other = keys[name].slice();
    other[0] ^= 1;
    await assert.rejects(openRecord(sealed, { ...keys, [name]: other }));
  }
  for (const at of [0, 1, 13, 4000, sealed.length - 1]) {
    const bad = sealed.slice();
    bad[at] ^= 1;
    await assert.rejects(openRecord(bad, keys));
  }
  await assert.rejects(openRecord(sealed.subarray(0, 100), keys), bytes.Malformed);
});

test("The example's disclosures are its credential's; SD-JWTs of another form are refused", async () => {
  const { jwt, disclosures } = sdJwt();
  const parsed = parseJwt(jwt);
  assert.equal((await disclose(parsed.digests, disclosures)).get("reference_type"), "confirmation");
  await assert.rejects(disclose(parsed.digests, disclosures.slice(1)), bytes.Malformed);
  for (const bad of [jwt, jwt + "~" + disclosures[0], jwt + "~~", "~", "", jwt + "~" + "A~".repeat(16)]) {
    assert.throws(() => parseSdJwt(bad), bytes.Malformed);
  }
  for (const at of [5, 100, 300]) assert.throws(() => parseJwt(flip(jwt, at).replace("eyJ", "eyj")), bytes.Malformed);
});

test("A claim holds no control character, but the text its line ends, and nothing that turns the writing", async () => {
  const { jwt, disclosures } = sdJwt();
  const { digests } = parseJwt(jwt);
  const valueIn = async (name, value) => {
    const changed = disclosures.map((each) => {
      const parts = JSON.parse(bytes.textOf(bytes.fromBase64url(each)));
      return parts[1] === name ? bytes.toBase64url(bytes.utf8(bytes.toCanonicalJson([parts[0], name, value]))) : each;
    });
    const hashed = await Promise.all(changed.map(async (each) => bytes.toBase64url(await bytes.sha256(bytes.utf8(each)))));
    return (await disclose(hashed, changed)).get(name);
  };
  assert.equal(digests.length, disclosures.length);
  assert.equal(await valueIn("position", "Chef·in 1½ “x”"), "Chef·in 1½ “x”");
  assert.equal(await valueIn("text", "a\n\nb"), "a\n\nb");
  for (const bad of ["\u0000", "\t", "\r", "\u001f", "\u007f", "\u0085", "\u009f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069"]) {
    for (const name of ["position", "text"]) await assert.rejects(valueIn(name, "a" + bad + "b"), bytes.Malformed);
  }
  await assert.rejects(valueIn("position", "a\nb"), bytes.Malformed);
});

test("The example's status token lists what is withdrawn, and nothing else", async () => {
  const token = await parseStatusToken(file("example/status.jwt").trim());
  assert.equal(isWithdrawn(token, 99), true);
  assert.deepEqual([98, 100, 0, 131071].map((at) => isWithdrawn(token, at)), [false, false, false, false]);
  assert.throws(() => isWithdrawn(token, 131072), bytes.Malformed);
});

test("A status token with another status, lifetime or refresh time is refused", async () => {
  const [head, payload, signature] = file("example/status.jwt").trim().split(".");
  const made = (change) => {
    const changed = JSON.parse(bytes.textOf(bytes.fromBase64url(payload)));
    change(changed);
    return [head, bytes.toBase64url(bytes.utf8(bytes.toCanonicalJson(changed))), signature].join(".");
  };
  const listOf = (status) => (token) => {
    const bits = new Uint8Array(32768);
    bits[100] = status;
    token.status_list.lst = bytes.toBase64url(new Uint8Array(deflateSync(bits)));
  };
  for (const good of [() => {}, listOf(1), listOf(0x55), (token) => (token.exp = 253402300799)]) {
    assert.ok(await parseStatusToken(made(good)));
  }
  const bad = [
    listOf(2), listOf(3), listOf(0x80), (token) => (token.ttl = 3601), (token) => (token.ttl = "3600"),
    (token) => (token.exp = token.iat), (token) => (token.exp = 253402300800), (token) => (token.iat = -1),
  ];
  for (const each of bad) await assert.rejects(parseStatusToken(made(each)), bytes.Malformed, String(each));
});

test("A proof file is canonical JSON of at most 1 MiB with a number in its form", () => {
  const text = file("example/example.refproof");
  const whole = JSON.parse(text);
  assert.ok(readProofFile(text));
  const longer = { ...whole, status: "A".repeat(1 << 20) };
  const bad = [
    text + "\n", " " + text, JSON.stringify(whole, null, 1), text.replace('"v":1', '"v":2'), "{}", "",
    text.replace(whole.id, whole.id.slice(1)), bytes.toCanonicalJson(longer),
  ];
  for (const each of bad) assert.throws(() => readProofFile(each), bytes.Malformed, each.slice(0, 80));
});

test("A receipt has at most 64 KiB and 63 hashes", () => {
  const receipt = file("example/receipt.tlog-proof");
  const hash = "A".repeat(43) + "=\n";
  const withPath = (count) => receipt.replace(/(index 2\n)[^]*?\n\n/, (_, index) => index + hash.repeat(count) + "\n");
  assert.equal(parseReceipt(withPath(63)).path.length, 63);
  assert.throws(() => parseReceipt(withPath(64)), bytes.Malformed);
  assert.throws(() => parseReceipt(receipt + "x".repeat(1 << 16)), bytes.Malformed);
});

test("A trust text names every log and every confirmed issuer, and no quorum that cannot be checked here", () => {
  const log = trust.logs[0];
  const text = `# a\nlog ${log}\nlog ${log} https://x.example/#here\nquorum none\nissuer https://a.example/#x KID\n\n`;
  assert.deepEqual(parseTrust(text), { logs: [log, log], issuers: [{ iss: "https://a.example/#x", kid: "KID" }], closed: [] });
  const root = bytes.toBase64(new Uint8Array(32));
  const ended = `${text}root ${log}\nclosed a.example/log 7 ${root} key-stolen\n`;
  assert.deepEqual(parseTrust(ended).closed, [{ origin: "a.example/log", size: 7, root: new Uint8Array(32), stolen: true }]);
  const bad = [
    ended.replace(" key-stolen", ""), ended.replace(root, "AAAA="), ended.replace("key-stolen", "perhaps"), ended.replace(" 7 ", " 07 "),
    text.replace("quorum none", "quorum witnesses"), text.replace("quorum none\n", ""), text + "quorum none\n",
    text.replaceAll(/^log.*$/gm, ""), text + "issuer https://a.example\n", text + "trust me\n", "",
  ];
  for (const each of bad) assert.throws(() => parseTrust(each), bytes.Malformed, each);
});

test("Status lists inflate as in the draft's vectors, and not with a byte behind them", async () => {
  for (const { lst, bytes: expected } of JSON.parse(file("status-list/token-status-list.json")).small) {
    const packed = bytes.fromBase64url(lst);
    assert.equal(bytes.toHex(await bytes.inflate(packed, 1024)), expected);
    await assert.rejects(bytes.inflate(packed.subarray(1), 1024), bytes.Malformed);
  }
  const bomb = new Uint8Array(deflateSync(new Uint8Array(1 << 22)));
  await assert.rejects(bytes.inflate(bomb, 1 << 20), bytes.Malformed);
});

test("The example checks as a whole: genuine and valid, and for another file not this document", async () => {
  const { id, evidence } = readProofFile(file("example/example.refproof"));
  const token = await parseStatusToken(evidence.statusToken);
  const whole = {
    ...evidence, credential: sdJwt(), id: parseHalf(id), document: await bytes.sha256(raw("example/document.pdf.txt")),
    trust, now: token.issuedAt,
  };
  const report = await check(whole);
  assert.deepEqual([report.verdict, report.failed], ["genuine-and-valid", ""]);
  assert.deepEqual(report.remarks, ["remark_witness", "remark_weaker"], "the example's trust file pins its issuer");
  const other = await check({ ...whole, document: new Uint8Array(32) });
  assert.deepEqual([other.verdict, other.failed], ["not-this-document", "document"]);
  assert.deepEqual(await hashReference(hex(secrets.id)), parseEntry(evidence.issued.entry).act.ref);
});

// ---- PDF ------------------------------------------------------------------------------------------

const stream = (dictionary, content) =>
  bytes.concat(bytes.utf8(`7 0 obj\n<< ${dictionary} >>\nstream\r\n`), content, bytes.utf8("\r\nendstream\nendobj\n"));

test("The attachment is found plain and deflated, with its length direct or by reference", async () => {
  const content = new Uint8Array(Buffer.from(file("example/reference.sd-jwt").trim()));
  const packed = new Uint8Array(deflateSync(content));
  const head = bytes.utf8("%PDF-1.7\n");
  const noise = stream("/Type /EmbeddedFile /Length 5", bytes.utf8("other"));
  const forms = [
    stream(`/Type /EmbeddedFile /Length ${content.length}`, content),
    stream("/Length 9 0 R /Type/EmbeddedFile", content),
    stream(`/Filter /FlateDecode /Type /EmbeddedFile /Length ${packed.length}`, packed),
    bytes.concat(noise, stream(`/Type /EmbeddedFile /Length ${content.length}`, content)),
  ];
  for (const form of forms) assert.deepEqual(await credentialOfPdf(bytes.concat(head, form)), sdJwt());
  assert.equal(await credentialOfPdf(bytes.concat(head, noise)), null);
  assert.equal(await credentialOfPdf(forms[0]), null, "no PDF head");
  const bomb = new Uint8Array(deflateSync(new Uint8Array(1 << 22)));
  const bombed = stream(`/Filter /FlateDecode /Type /EmbeddedFile /Length ${bomb.length}`, bomb);
  assert.equal(await credentialOfPdf(bytes.concat(head, bombed)), null);
});

test("A length by reference is no length, whatever its number", async () => {
  const content = new Uint8Array(Buffer.from(file("example/reference.sd-jwt").trim()));
  const head = bytes.utf8("%PDF-1.7\n");
  for (const length of ["123 0 R", "12 0 R", "99999\n0\nR"]) {
    assert.deepEqual(await credentialOfPdf(bytes.concat(head, stream(`/Length ${length} /Type /EmbeddedFile`, content))), sdJwt());
  }
});

test("A file full of marks is searched in bounded time, and so is one full of streams", async () => {
  const content = new Uint8Array(Buffer.from(file("example/reference.sd-jwt").trim()));
  const hostile = [
    "1 0 obj " + "/EmbeddedFile ".repeat(1 << 21) + "stream",
    "1 0 obj /EmbeddedFile stream\n".repeat(1 << 20),
    "%%EOF\n".repeat(1 << 22),
  ];
  for (const text of hostile) {
    const began = performance.now();
    const long = bytes.concat(bytes.utf8("%PDF-1.7\n" + text));
    assert.equal(await credentialOfPdf(long), null);
    assert.equal(endsWithin(long, 8).length <= 8, true);
    assert.ok(performance.now() - began < 5000, String(performance.now() - began));
  }
  const far = stream("/Type /EmbeddedFile " + "x".repeat(5000), content);
  assert.equal(await credentialOfPdf(bytes.concat(bytes.utf8("%PDF-1.7\n"), far)), null, "beyond a mark's window");
});

test("The ends within a file are those behind each %%EOF, with its line end and without", () => {
  assert.deepEqual(endsWithin(bytes.utf8("a%%EOF\r\nb%%EOF\rc%%EOF"), 8), [8, 6, 15, 14]);
  assert.deepEqual(endsWithin(bytes.utf8("a%%EOF\n"), 8), [6]);
  assert.deepEqual(endsWithin(bytes.utf8("a"), 8), []);
});

test("A log is known by its name through its epochs, and by no other", () => {
  const epochs = ["a/log", "a/log/epoch-2", "a/log/epoch-3", "a/log/epoch-12"];
  epochs.forEach((earlier, n) => epochs.forEach((now, m) => assert.equal(isSameLog(earlier, now), n <= m)));
  assert.ok(!isSameLog("b/log", "a/log/epoch-2"));
  for (const tail of ["/epoch-1", "/epoch-0", "/epoch-02", "/epoch-", "/epoch-1000", "/epoch-2x", "epoch-2", "/2"]) {
    assert.ok(!isSameLog("a/log", `a/log${tail}`), tail);
  }
});
