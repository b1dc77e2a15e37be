// The public endpoint over real sockets: headers on every route, hostile requests, burnt links.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { before, describe, test } from 'node:test';

import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

describe('The public endpoint', () => {
  const all = scope();
  let stage;
  let id;
  let secret;
  let port;
  before(async () => {
    stage = await setStage(all);
    const reference = await stage.issueTo();
    ({ id, secret } = reference.link);
    port = stage.service.at.publicPort;
  });

  // fetch() tidies paths; this sends them as they are.
  const ask = (path, { method = 'GET', headers = {} } = {}) => new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString(),
      }));
    });
    asked.on('error', reject);
    asked.end();
  });
  const raw = (bytes) => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const parts = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    socket.setTimeout(12000, () => socket.destroy());
  });

  const json = { accept: 'application/json' };
  const routes = () => [
    ['/', 200], [`/v/${id}`, 200], [`/V/${id}`, 200], [`/v/${id}`, 200, json],
    [`/v/${id}/record`, 200], [`/v/${id}/proof`, 200], [`/v/${'0'.repeat(26)}`, 404],
    [`/v/${'0'.repeat(26)}`, 404, json], ['/v/nonsense', 400], ['/v/nonsense', 400, json],
    [`/v/${'0'.repeat(26)}/record`, 404], [`/d/${'0'.repeat(64)}`, 200], ['/log/checkpoint', 200],
    ['/log/tile/entries/000.p/3', 200], ['/log/tile/0/000.p/3', 200], ['/log/tile/0/001', 404],
    ['/keys', 200], ['/status/0', 200], ['/.well-known/refledger', 200],
    ['/vct/employment-reference/1', 200], ['/verifier.html', 200], ['/nothing/here', 404],
    ['/healthz', 404], ['/metrics', 404], [`/v/${id}%23${secret}`, 410],
  ];
  const openToAll = /^\/(log\/|keys$|status\/|\.well-known\/)/;

  test('answers every route as promised, with the headers of a careful server', async () => {
    for (const [path, status, headers] of routes()) {
      const answer = await ask(path, { headers });
      const what = `${path} (${headers ? 'JSON' : 'page'})`;
      assert.equal(answer.status, status, `${what}: ${answer.body.slice(0, 300)}`);
      const got = answer.headers;
      assert.match(got['content-security-policy'], /^default-src 'none'/, what);
      assert.doesNotMatch(got['content-security-policy'], /unsafe|\*/, what);
      assert.match(got['content-security-policy'], /frame-ancestors 'none'/, what);
      assert.equal(got['x-content-type-options'], 'nosniff', what);
      assert.equal(got['referrer-policy'], 'no-referrer', what);
      assert.match(got['cache-control'], /no-store|max-age/, what);
      assert.ok(got['content-type'], what);
      assert.equal(got['set-cookie'], undefined, what);
      assert.doesNotMatch(JSON.stringify(got), /boost|beast|poco/i, what);
      const isOpen = openToAll.test(path) && status !== 404;
      if (isOpen) assert.equal(got['access-control-allow-origin'], '*', what);
      if (!openToAll.test(path)) assert.equal(got['access-control-allow-origin'], undefined, what);
    }
  });

  test('never lets a record or a page about one reference be stored', async () => {
    for (const path of [`/v/${id}`, `/v/${id}/record`]) {
      assert.equal((await ask(path)).headers['cache-control'], 'no-store', path);
    }
  });

  test('answers HEAD like GET without a body, and nothing else', async () => {
    const head = await ask(`/v/${id}`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.body, '');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await ask(`/v/${id}`, { method, headers: { 'content-length': '0' } });
      assert.equal(answer.status, 405, method);
      assert.match(answer.headers.allow, /GET/);
    }
  });

  test('tells nothing apart in /record: unknown and malformed are one answer', async () => {
    const answers = [];
    for (const wrong of ['0'.repeat(26), 'nonsense', `${id}A`, id.toLowerCase(), '%00']) {
      const { status, body, headers } = await ask(`/v/${wrong}/record`);
      delete headers.date;
      answers.push(JSON.stringify({ status, body, headers }));
    }
    assert.equal(new Set(answers).size, 1, answers.join('\n'));
  });

  test('burns a link whose fragment was sent, in every disguise, alike and without a trace', async () => {
    const page = (await ask(`/v/${id}%23${secret}`)).body;
    assert.doesNotMatch(page, new RegExp(`${id}|${secret}`));
    for (const path of [`/V/${id}%23${secret}`, `/v/${id}%2523${secret}`, `/v/${id}%252523${secret}`,
      `/v/${id}?%23${secret}`, `/v/${id}?utm=%23${secret}`, `/x%23${secret}`,
      `/v/${id}/record%23${secret}`]) {
      const answer = await ask(path);
      assert.equal(answer.status, 410, path);
      assert.equal(answer.body, page, path);
      assert.equal(answer.headers['cache-control'], 'no-store', path);
    }
    assert.ok(!stage.service.journal.includes(secret));
    assert.ok(!stage.service.journal.includes(id));
  });

  test('refuses what two servers could read in two ways', async () => {
    const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    const hostile = {
      'two lengths': `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      'length and chunks': `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'an unknown coding': `${head}Transfer-Encoding: xchunked\r\n\r\n`,
      'chunked twice': `${head}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
      'a folded header': `${head}X-A: b\r\n c\r\n\r\n`,
      'a space before the colon': `${head}X-A : b\r\n\r\n`,
      'a bare line feed': `GET / HTTP/1.1\nHost: 127.0.0.1:${port}\n\n`,
      'no host': 'GET / HTTP/1.1\r\n\r\n',
      'two hosts': `${head}Host: other.example\r\n\r\n`,
      'a zero byte': `${head}X-A: b\0c\r\n\r\n`,
      'a negative length': `${head}Content-Length: -1\r\n\r\n`,
      'HTTP/3.0': `GET / HTTP/3.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      'a raw fragment': `GET /v/${id}#${secret} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
      'an endless header': `${head}X-A: ${'a'.repeat(70000)}\r\n\r\n`,
      'too many headers': `${head}${'X-A: b\r\n'.repeat(300)}\r\n`,
      'an endless target': `GET /${'a'.repeat(20000)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    };
    for (const [what, bytes] of Object.entries(hostile)) {
      const answer = await raw(bytes);
      assert.match(answer, /^(HTTP\/1\.1 (4\d\d|50[15]) [\s\S]*)?$/, `${what}: ${answer.slice(0, 80)}`);
      assert.equal(answer.match(/^HTTP\/1\.1 /gm)?.length ?? 0, answer === '' ? 0 : 1, what);
      assert.ok(!answer.includes(secret), what);
    }
    assert.equal((await ask('/')).status, 200);
  });

  test('is not led out of its folders', async () => {
    for (const path of ['/../data/keys/issuer.sealed', '/page/../../keys', '/page/%2e%2e/%2e%2e/etc/passwd',
      '/log/tile/../../keys', '//etc/passwd', '/log/tile/entries/..%2f..%2fkeys', '/page/x/..',
      '/log/tile/entries/000.p/4000000000', '/log/tile/99/000', '/status/-1', '/status/1e9', '/d/zz']) {
      const { status, body } = await ask(path);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
      assert.doesNotMatch(body, /root:|PRIVATE/);
    }
  });

  test('shows text that came in only escaped', async () => {
    for (const path of ['/v/%3Cscript%3Ealert(1)%3C/script%3E', '/?lang=%22%3E%3Cscript%3E',
      '/%3Cimg%20src=x%20onerror=alert(1)%3E']) {
      const { body } = await ask(path, { headers: { accept: 'text/html' } });
      assert.doesNotMatch(body, /<script>alert|<img src=x|"><script>/);
    }
  });

  test('serves on while many clients are slow', async () => {
    const slow = Array.from({ length: 100 }, () => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: '));
      socket.on('error', () => {});
      return socket;
    });
    const began = Date.now();
    assert.equal((await ask('/log/checkpoint')).status, 200);
    assert.ok(Date.now() - began < 2000);
    for (const socket of slow) socket.destroy();
  });

  test('speaks the reader\'s language', async () => {
    for (const [accept, title] of [['de-CH,de;q=0.9', 'Ist dieses Dokument echt?'],
      ['fr', 'Ce document est-il authentique'], ['it-CH', 'Questo documento è autentico?'],
      ['en', 'Is this document genuine?'], ['rm, xx', 'Is this document genuine?']]) {
      const { body } = await ask('/', { headers: { 'accept-language': accept } });
      assert.ok(body.includes(title), accept);
    }
  });

  test('still verifies after all this', async () => {
    assert.equal((await verify(`http://127.0.0.1:${port}/v/${id}#${secret}`)).code, 0);
    assert.doesNotMatch(stage.service.journal, /process ended/);
  });
});
