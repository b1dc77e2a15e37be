// What other people's programs say: pdfsig, qpdf, pdftotext, and a log reader that shares no code.
import assert from 'node:assert/strict';
import { createHash, verify as verifySignature } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { mustRun } from './support/children.mjs';
import { ed25519Key, leafHash, parseReceipt, parseVkey, payloadOf, readCheckpoint, readLog,
  rootFromPath, rootOf } from './support/log_reader.mjs';
import { checkStructure, flipBit, readSignature, readText, words } from './support/pdf.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

describe('Independent programs', () => {
  const all = scope();
  let stage;
  let reference;
  let vkey;
  before(async () => {
    stage = await setStage(all);
    for (let each = 0; each < 4; ++each) {
      await stage.issueTo({ first_name: `Nr${each}`, dynamic_101: `nr${each}@post.example` });
    }
    reference = await stage.issueTo({ first_name: 'Þórunn', last_name: 'Țăranu-Győri',
      position: 'Prüffeld-Leiterin (Æ/Ø)' });
    vkey = parseVkey(await readFile(join(stage.service.data, 'log.vkey'), 'utf8'));
  });

  const root = () => join(stage.service.data, 'keys/document-root.pem');

  test('pdfsig: the signature is valid, its authority trusted, the whole document signed', async () => {
    const said = await readSignature(reference.pdf, root(), join(stage.folder, 'nss'));
    assert.match(said, /Signature Validation: Signature is Valid\./);
    assert.match(said, /Certificate Validation: Certificate is Trusted\./);
    assert.match(said, /Total document signed/);
    assert.match(said, /ETSI\.CAdES\.detached/);
    assert.match(said, /Seewald Instrumente AG/);
    assert.equal(said.match(/^Signature #/gm).length, 1);
  });

  test('pdfsig: a changed document is not valid, as a control', async () => {
    const altered = join(stage.folder, 'altered.pdf');
    await writeFile(altered, flipBit(await readFile(reference.pdf), 0.9));
    const said = await readSignature(altered, root(), join(stage.folder, 'nss2'));
    assert.doesNotMatch(said, /Signature is Valid/);
  });

  test('qpdf: the file\'s structure is clean', async () => {
    const done = await checkStructure(reference.pdf);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.doesNotMatch(done.stdout + done.stderr, /WARNING/);
  });

  test('pdftotext: the text of the claim stands on the page, word for word', async () => {
    const { claims } = JSON.parse((await verify(reference.link.text, '--json')).stdout);
    const page = words(await readText(reference.pdf));
    assert.ok(claims.text.length > 200);
    for (const paragraph of claims.text.split('\n').map(words).filter(Boolean)) {
      assert.ok(page.includes(paragraph), `not on the page: ${paragraph}\n${page}`);
    }
    for (const name of ['given_name', 'family_name', 'position', 'employer']) {
      assert.ok(page.includes(claims[name]), name);
    }
  });

  test('the attachment is the credential whose hash the entry has', async () => {
    const { bytes } = await mustRun('qpdf', [reference.pdf, '--show-attachment=reference.sd-jwt']);
    const jwt = bytes.toString().split('~')[0];
    const entry = payloadOf((await stage.service.told(reference.link.id)).entry);
    assert.equal(entry.cred, createHash('sha256').update(jwt).digest('base64url'));
    const pdf = await readFile(reference.pdf);
    assert.equal(entry.doc, createHash('sha256').update(pdf).digest('base64url'));
  });

  test('the log read by HTTP has the root that its checkpoint signs', async () => {
    const { checkpoint, entries, hashes } = await readLog(`${reference.link.base}/log`, vkey);
    assert.equal(checkpoint.size, 7);
    assert.equal(entries.length, 7);
    assert.equal(checkpoint.origin, `${new URL(reference.link.base).host}/log`);
    assert.deepEqual(hashes, entries.map(leafHash));
    assert.deepEqual(rootOf(hashes), checkpoint.root);
    assert.notDeepEqual(rootOf([...hashes.slice(0, -1), hashes[0]]), checkpoint.root);
  });

  test('every entry names this log, is signed by a key of the log, and dates nothing', async () => {
    const { checkpoint, entries } = await readLog(`${reference.link.base}/log`, vkey);
    const payloads = entries.map(payloadOf);
    assert.deepEqual(payloads.map(({ act }) => act),
      ['key-added', 'key-added', ...Array(5).fill('issued')]);
    const key = ed25519Key(Buffer.from(payloads[0].key, 'base64url'));
    for (const [at, entry] of entries.entries()) {
      const [head, payload, signature] = entry.toString().split('.');
      assert.ok(verifySignature(null, Buffer.from(`${head}.${payload}`), key,
        Buffer.from(signature, 'base64url')), `entry ${at}`);
      assert.equal(payloads[at].log, checkpoint.origin);
      assert.equal(payload, Buffer.from(JSON.stringify(payloads[at])).toString('base64url'),
        'not in canonical form');
    }
    assert.doesNotMatch(JSON.stringify(payloads), /20\d\d-|"iat"|time/);
  });

  test('the receipt in the proof file leads to a root that the log signed', async () => {
    const proof = JSON.parse(await readFile(reference.proof, 'utf8'));
    for (const { entry, receipt: text } of [proof, ...proof.keys]) {
      const receipt = parseReceipt(text);
      const { size, root: signed } = readCheckpoint(receipt.checkpoint, vkey);
      const reached = rootFromPath(leafHash(Buffer.from(entry)), receipt.index, size, receipt.path);
      assert.deepEqual(reached, signed);
    }
  });

  test('the trust file names the log\'s key and the issuer\'s', async () => {
    const trust = await readFile(join(stage.service.data, 'trust.txt'), 'utf8');
    const text = (await readFile(join(stage.service.data, 'log.vkey'), 'utf8')).trim();
    assert.ok(trust.includes(`log ${text}`));
    assert.match(trust, /^issuer https:\/\/www\.seewald-instrumente\.example \S{43}$/m);
    const served = await (await fetch(`${reference.link.base}/.well-known/refledger`)).json();
    assert.equal(served.vkey, text);
    assert.equal(served.log, text.split('+')[1]);
  });
});
