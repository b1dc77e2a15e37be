// The public endpoint with a certificate of its own, as `tools/run --host` sets it up for a phone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { connect as connectPlain } from 'node:net';
import { before, describe, test } from 'node:test';
import tls from 'node:tls';

import { newPage, openLink, phone, startBrowser } from './support/browser.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

describe('Served with TLS', () => {
  const all = scope();
  let stage;
  let reference;
  let ca;
  let port;
  before(async () => {
    stage = await setStage(all, { tls: true });
    reference = await stage.issueTo();
    ca = await readFile(stage.authority);
    port = stage.service.at.publicPort;
  });

  const get = (path, options = {}) => new Promise((resolve, reject) => {
    https.get({ host: '127.0.0.1', port, path, ca, agent: false, ...options }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer));
    }).on('error', reject);
  });
  const shake = (options) => new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, ca, ...options }, () => {
      resolve(socket.getProtocol());
      socket.destroy();
    }).on('error', reject);
  });

  test('the QR code holds an https link', () => {
    assert.equal(reference.link.base, `https://127.0.0.1:${port}`);
  });

  test('a client that trusts the root is served, and told to stay with https', async () => {
    const answer = await get('/');
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['strict-transport-security'], /max-age=\d{8}/);
  });

  test('a client that does not trust the root is not', async () => {
    await assert.rejects(get('/', { ca: undefined }), /certificate/i);
  });

  test('TLS 1.2 and 1.3 are spoken, nothing older', async () => {
    assert.equal(await shake({ minVersion: 'TLSv1.3' }), 'TLSv1.3');
    assert.equal(await shake({ maxVersion: 'TLSv1.2' }), 'TLSv1.2');
    await assert.rejects(shake({
      minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }));
  });

  test('plain HTTP on that port gets no page', async () => {
    const answer = await new Promise((resolve) => {
      const socket = connectPlain(port, '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`));
      const parts = [];
      socket.on('data', (part) => parts.push(part));
      socket.on('error', () => {});
      socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    });
    assert.doesNotMatch(answer, /HTTP\/1\.1 200/);
  });

  test('`refledger verify` needs the root named, and cannot check without it', async () => {
    assert.equal((await verify(reference.link.text, '--ca', stage.authority)).code, 0);
    const without = await verify(reference.link.text);
    assert.equal(without.code, 3, without.stdout + without.stderr);
  });

  test('a phone sees "genuine and valid"', async () => {
    const page = await newPage(await startBrowser(all), { viewport: phone, anyCertificate: true });
    assert.equal((await openLink(page, reference.link.text)).verdict, 'genuine-and-valid');
    assert.deepEqual(page.seen.errors, []);
  });
});
