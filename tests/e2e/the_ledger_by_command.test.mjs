// What an operator and an outsider do with the ledger: check, export, follow, and change its keys.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { run } from './support/children.mjs';
import { payloadOf, readCheckpoint, parseVkey } from './support/log_reader.mjs';
import { flipBit } from './support/pdf.mjs';
import { program } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('The ledger by command', () => {
  const all = scope();
  let stage;
  let vkeyFile;
  let first;
  before(async () => {
    stage = await setStage(all);
    first = await stage.issueTo();
    await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    vkeyFile = join(stage.service.data, 'log.vkey');
  });

  const inFolder = (name) => join(stage.folder, name);
  const command = (...words) => stage.service.command(words);
  const fsck = async (...words) => {
    const done = await command('log', 'fsck', '--json', ...words);
    return { code: done.code, ...JSON.parse(done.stdout) };
  };
  const fsckExport = async (folder) => {
    const done = await run(program('refledger'),
      ['log', 'fsck', '--export', folder, '--vkey', vkeyFile, '--json']);
    return { code: done.code, ...JSON.parse(done.stdout) };
  };

  test('fsck finds it whole beside the running desk', async () => {
    const report = await fsck();
    assert.equal(report.code, 0, JSON.stringify(report));
    assert.equal(report.size, await stage.service.treeSize());
    assert.equal(report.signatures, report.size);
    assert.ok(report.index_rows > 0 && report.tiles > 0 && report.whole);
  });

  test('checkpoint prints what the log has signed', async () => {
    const done = await command('log', 'checkpoint');
    const vkey = parseVkey(await readFile(vkeyFile, 'utf8'));
    assert.equal(readCheckpoint(done.stdout, vkey).size, await stage.service.treeSize());
  });

  test('an export is whole by fsck; a flipped bit in it is found', async () => {
    const folder = inFolder('export');
    assert.equal((await command('log', 'export', folder)).code, 0);
    assert.equal((await fsckExport(folder)).code, 0);
    const size = await stage.service.treeSize();
    const bundle = join(folder, `tile/entries/000.p/${size}`);
    const right = await readFile(bundle);
    await writeFile(bundle, flipBit(right, 0.5));
    const report = await fsckExport(folder);
    assert.equal(report.code, 1);
    assert.ok(report.findings.length > 0);
    await writeFile(bundle, right);
  });

  test('an export on any web server is a log for Go\'s own reader', async (t) => {
    const folder = inFolder('export');
    const server = createServer(async (request, response) => {
      const file = join(folder, request.url.slice('/any/prefix'.length));
      if (!existsSync(file)) return response.writeHead(404).end();
      return response.end(await readFile(file));
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    t.after(() => server.close());
    const vkey = (await readFile(vkeyFile, 'utf8')).trim();
    const url = `http://127.0.0.1:${server.address().port}/any/prefix`;
    const done = await run(program('tlog_reader'), ['--tiles-only', url, vkey]);
    assert.equal(done.code, 0, done.stderr);
  });

  test('Go\'s own reader verifies the served log, proofs included', async () => {
    const vkey = (await readFile(vkeyFile, 'utf8')).trim();
    const done = await run(program('tlog_reader'), [`${stage.service.publicUrl}/log`, vkey]);
    assert.equal(done.code, 0, done.stderr);
  });

  const monitor = async (...words) => {
    const done = await run(program('refledger'), ['log', 'monitor', `${stage.service.publicUrl}/log`,
      '--vkey', vkeyFile, '--state', inFolder('monitor.json'), '--json', ...words]);
    return { code: done.code, stderr: done.stderr, ...JSON.parse(done.stdout || '{}') };
  };

  test('a monitor tells each entry once and sees what is withdrawn', async () => {
    const told = await monitor();
    assert.equal(told.code, 0, told.stderr);
    assert.equal(told.entries.length, told.now);
    assert.equal((await monitor()).entries.length, 0);
    assert.equal((await command('withdraw', first.link.id, '--yes')).code, 0);
    const news = await until('the monitor sees it', async () => {
      const seen = await monitor();
      return seen.entries.length > 0 && seen;
    });
    assert.deepEqual(news.entries.map((each) => each.act), ['withdrawn']);
  });

  test('the proof of a withdrawal is served beside that of the issue', async () => {
    const told = await stage.service.told(first.link.id);
    for (const [part, entry] of [['receipt', told.entry], ['withdrawal', told.withdrawn.entry]]) {
      const answer = await fetch(`${stage.service.publicUrl}/v/${first.link.id}/${part}`);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /^c2sp\.org\/tlog-proof@v1\nindex \d+\n/);
      assert.ok(['issued', 'withdrawn'].includes(payloadOf(Buffer.from(entry)).act));
    }
  });

  test('keys are rotated and retired; what they signed stays valid', async () => {
    const held = await stage.issueTo({ first_name: 'Dora', dynamic_101: 'dora@post.example' });
    const busy = await command('key', 'rotate');
    assert.equal(busy.code, 1);
    assert.match(busy.stderr, /stop the desk first/);
    assert.equal(await stage.child.stop(), 0);
    const [before] = JSON.parse((await command('key', 'list', '--json')).stdout);
    const inUse = await command('key', 'retire', before.kid, '--yes');
    assert.match(inUse.stderr, /in use: rotate first/);
    assert.equal((await command('key', 'rotate')).code, 0);
    assert.equal((await command('key', 'rotate', '--use', 'status')).code, 0);
    assert.equal((await command('key', 'retire', before.kid, '--yes')).code, 0);
    const twice = await command('key', 'retire', before.kid, '--yes');
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /retired already/);
    const keys = JSON.parse((await command('key', 'list', '--json')).stdout);
    assert.deepEqual(keys.map((each) => [each.use, each.current]),
      [['issuer', false], ['status', true], ['issuer', true], ['status', true]]);

    stage.child = await stage.service.start();
    const later = await stage.issueTo({ first_name: 'Eva', dynamic_101: 'eva@post.example' });
    for (const each of [held, later]) {
      const done = await verify(each.link.text);
      assert.equal(done.code, 0, done.stdout + done.stderr);
    }
    assert.equal((await fsck()).code, 0);
  });

  test('a stolen key is put out of use by the recovery key', async () => {
    assert.equal(await stage.child.stop(), 0);
    const size = (await fsck()).size;
    const recovery = join(stage.service.data, 'recovery-key.txt');
    const rotated = await command('key', 'rotate', '--recovery-file', recovery);
    assert.equal(rotated.code, 0, rotated.stderr);
    const keys = JSON.parse((await command('key', 'list', '--json')).stdout);
    const stolen = keys.filter((each) => each.use === 'issuer').at(-2);
    const retired = await command('key', 'retire', stolen.kid, '--bad-from', String(size - 1),
      '--recovery-file', recovery, '--yes');
    assert.equal(retired.code, 0, retired.stderr);
    assert.equal((await fsck()).code, 0);
    const wrong = await command('key', 'rotate', '--recovery-file', join(stage.folder, 'none.txt'));
    assert.equal(wrong.code, 1);
    stage.child = await stage.service.start();
  });

  test('fsck finds a flipped bit in the database and says so by its exit code', async () => {
    assert.equal(await stage.child.stop(), 0);
    const files = (await readdir(join(stage.service.data, 'ledger')))
      .filter((name) => /\.(log|sst)$/.test(name));
    let found = 0;
    for (const name of files) {
      const file = join(stage.service.data, 'ledger', name);
      const right = await readFile(file);
      if (right.length < 2000) continue;
      await writeFile(file, flipBit(right, 0.5));
      const done = await command('log', 'fsck');
      if (done.code === 1) ++found;
      await writeFile(file, right);
    }
    assert.ok(found > 0, files.join(' '));
    assert.equal((await fsck()).code, 0);
  });
});
