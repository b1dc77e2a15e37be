// The rules about an issuer's keys, case by case as tests/ledger/keys/history_test.cpp has them.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { load } from "./support.mjs";

const { concat, fromBase64url, Malformed, toBase64url, toCanonicalJson, utf8 } = await load("bytes.js");
const { parseEntry } = await load("entry.js");
const { IssuerKeys } = await load("keys.js");
const { thumbprint } = await load("jws.js");

async function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const text = publicKey.export({ format: "jwk" }).x;
  const signed = (message) => toBase64url(new Uint8Array(sign(null, message, privateKey)));
  return { text, kid: await thumbprint(fromBase64url(text, 32)), sign: signed };
}

const [a, b, c, d, r, s] = await Promise.all(Array.from({ length: 6 }, makeKey));

function write(payload, signer) {
  const header = { alg: "EdDSA", kid: signer.kid, typ: "refledger-entry+jws" };
  const part = (value) => toBase64url(utf8(toCanonicalJson(value)));
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${signer.sign(utf8(input))}`;
}

// An issuer's key entries, each at the next place unless `at` is moved on.
class Ledger {
  keys = new IssuerKeys();
  at = 0;

  async take(payload, signer) {
    await this.keys.apply(parseEntry(write(payload, signer)), this.at);
    this.at += 1;
  }
  get shared() {
    const prev = this.keys.last === null ? null : toBase64url(this.keys.last);
    return { iss: "https://muster.example", log: "refs.example.com/log", prev, v: 1 };
  }
  add(added, signer, { recovery = null, use = "issuer" } = {}) {
    const act = { ...this.shared, act: "key-added", key: added.text, name: "Muster AG", recovery: recovery?.text ?? null, use };
    const pop = added.sign(concat(utf8("refledger-pop-v1\0"), utf8(toCanonicalJson(act))));
    return this.take({ ...act, pop }, signer);
  }
  retire(retired, signer, badFrom = null) {
    return this.take({ ...this.shared, act: "key-retired", bad_from: badFrom, kid: retired.kid }, signer);
  }
  counts(...places) {
    return ({ kid }) => places.map((at) => this.keys.mayAttest(kid, at));
  }
}

async function begun() {
  const ledger = new Ledger();
  await ledger.add(a, a, { recovery: r });
  return ledger;
}

test("A thief cannot speak the last word about the key that was stolen", async () => {
  const ledger = await begun();
  ledger.at = 3;  // two references at 1 and 2, the second by the thief
  await ledger.retire(a, a, 0);
  assert.deepEqual(ledger.counts(1)(a), [false]);
  await ledger.retire(a, r, 2);
  assert.deepEqual(ledger.counts(1, 2, 5)(a), [true, false, false]);
  await ledger.add(b, r);
  assert.deepEqual(ledger.counts(6)(b), [true]);
});

test("The recovery key may correct itself and brings no key back to life", async () => {
  const ledger = await begun();
  await ledger.add(b, a);
  ledger.at = 3;
  await ledger.retire(b, a, 1);
  ledger.at = 5;
  await ledger.retire(b, r);
  assert.deepEqual(ledger.counts(2, 3, 4)(b), [true, true, false]);
  await ledger.retire(b, r, 3);
  assert.deepEqual(ledger.counts(2, 3)(b), [true, false]);
  await ledger.retire(b, a, 2);
  assert.deepEqual(ledger.counts(2)(b), [false]);
  await assert.rejects(ledger.retire(b, a, 2), Malformed);
  await ledger.retire(b, r, 3);
  assert.deepEqual(ledger.counts(2)(b), [true]);
});

test("What a bad key retired is not retired, and what it added is bad too", async () => {
  const ledger = await begun();
  await ledger.add(b, a);
  await ledger.add(c, b);
  await ledger.retire(a, b, 0);
  assert.deepEqual(ledger.counts(1)(a), [false]);
  await ledger.retire(b, r, 2);
  assert.deepEqual(ledger.counts(1, 9)(a), [true, true]);
  assert.deepEqual(ledger.counts(3)(c), [false]);
});

test("No enrolled key is named recovery key, and no recovery key is enrolled", async () => {
  const ledger = new Ledger();
  await ledger.add(a, a);
  await ledger.add(s, a, { use: "status" });
  const rule = { message: /the recovery key signs key entries only/ };
  await assert.rejects(ledger.add(b, a, { recovery: a }), rule);
  await assert.rejects(ledger.add(b, a, { recovery: s }), rule);
  await assert.rejects(ledger.add(b, a, { recovery: b }), rule);
  await ledger.add(b, a, { recovery: r });
  await assert.rejects(ledger.add(c, r, { recovery: b }), rule);
  await ledger.retire(s, a);
  await assert.rejects(ledger.add(c, r, { recovery: s }), rule);
  await ledger.add(c, r, { recovery: d });
  await assert.rejects(ledger.add(d, a), rule);
  await assert.rejects(ledger.add(r, a), rule);
});

test("An issuer's URL is taken in its one form only", () => {
  const added = (iss) => {
    const act = { ...new Ledger().shared, iss, act: "key-added", key: a.text, name: "Muster AG", recovery: null, use: "issuer" };
    return write({ ...act, pop: "A".repeat(86) }, a);
  };
  const host = "https://ubs.com";
  const good = [
    host, `${host}:8443`, `${host}/people`, `${host}:8443/people/ch-1_~.x`, "https://192.0.2.1",
    "http://localhost:8080", "http://127.0.0.1", `${host}/${"a".repeat(512 - host.length - 1)}`,
  ];
  const bad = [
    ...["@evil.example", ":443@evil.example", "/@evil", "/", "/a/", "//a", "/./a", "/../a", "/a/..", "?a", "/a?b"],
    ...["#a", "/a#b", "/%61", "/a b", "\\a", ":443", ":", ":0", ":08443", ":65536", ".", "/a\n"],
    `/${"a".repeat(512 - host.length)}`,
  ].map((rest) => host + rest);
  bad.push("https://UBS.com", "HTTPS://ubs.com", "https://", "https:///a", "https://.com", "https://-a.com", "https://[::1]");
  bad.push("http://ubs.com", "http://localhost:80", "http://localhost.evil.example", "muster.example", "ftp://muster.example", "");
  for (const iss of good) assert.equal(parseEntry(added(iss)).act.iss, iss);
  for (const iss of bad) assert.throws(() => parseEntry(added(iss)), { message: "entry: iss" }, iss);
});
