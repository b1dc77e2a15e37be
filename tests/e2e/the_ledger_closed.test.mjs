// A log that ends by its root key, and the one that goes on from it: what was proven stays proven,
// what comes after is in the successor, and everybody with the root key in hand finds the way.
import assert from 'node:assert/strict';
import { appendFile, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { run } from './support/children.mjs';
import { program } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('The ledger closed', () => {
  const all = scope();
  let stage;
  let first;
  let second;
  let size;
  const folder = (name) => join(stage.folder, name);
  const data = (name) => join(stage.service.data, name);
  const command = (...words) => stage.service.command(words);
  const root = () => folder('root.txt');
  const handed = () => folder('trust-of-before.txt');  // as somebody got it long ago
  const stop = async () => {
    assert.equal(await stage.child.stop(), 0);
  };
  const fetched = (path) => fetch(`${stage.service.publicUrl}${path}`);
  const monitor = async () => {
    const done = await run(program('refledger'), ['log', 'monitor', `${stage.service.publicUrl}/log`,
      '--vkey', folder('first.vkey'), '--root', data('root.vkey'), '--state', folder('monitor.json'), '--json']);
    return { code: done.code, stderr: done.stderr, ...JSON.parse(done.stdout || '{}') };
  };

  before(async () => {
    stage = await setStage(all);
    first = await stage.issueTo();
    second = await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    const made = await command('log', 'root', root());
    assert.equal(made.code, 0, made.stderr);
    await copyFile(data('trust.txt'), handed());
    await copyFile(data('log.vkey'), folder('first.vkey'));
    assert.equal((await monitor()).code, 0);
    assert.equal((await fetched('/log/closing')).status, 404);
  });

  test('it is not closed while the desk runs, nor by another key', async () => {
    const running = await command('log', 'close', '--root-key', root(), '--yes');
    assert.equal(running.code, 1);
    await stop();
    const other = await command('log', 'close', '--root-key', data('recovery-key.txt'), '--yes');
    assert.equal(other.code, 1);
    assert.match(other.stderr, /not the root key/);
  });

  test('closed, it takes nothing more and says so', async () => {
    const done = await command('log', 'close', '--root-key', root(), '--yes', '--json');
    assert.equal(done.code, 0, done.stderr);
    size = JSON.parse(done.stdout).size;
    assert.equal((await command('log', 'fsck')).code, 0);
    stage.child = await stage.service.start();
    const refused = await command('withdraw', first.link.id, '--yes');
    assert.notEqual(refused.code, 0);
    assert.match(refused.stdout + refused.stderr, /closed by its root key/);
    assert.equal(await stage.service.treeSize(), size);
    const told = JSON.parse(await (await fetched('/log/closing')).text());
    assert.match(told[0], /^refledger-closing\/v1\n.*\/log\n\d+\n.*\nended\nend\n/);
    const seen = await monitor();
    assert.equal(seen.code, 0, JSON.stringify(seen));
    assert.equal(seen.closed.size, size);
    assert.equal((await verify(first.link.text, '--trust', handed())).code, 0);
  });

  test('its successor begins with the same entries under another name and key', async () => {
    await stop();
    const early = await command('log', 'succeed', '--root-key', root());
    assert.equal(early.code, 1);
    assert.match(early.stderr, /raise log\.epoch/);
    await appendFile(stage.service.config, 'log.epoch = 2\n');
    const done = await command('log', 'succeed', '--root-key', root(), '--json');
    assert.equal(done.code, 0, done.stderr);
    assert.equal((await command('log', 'fsck')).code, 0);
    stage.child = await stage.service.start();
    const predecessor = await (await fetched('/log/predecessor')).text();
    assert.equal(predecessor.split('\n')[1], String(size));
    const vkey = (await readFile(data('log.vkey'), 'utf8')).trim();
    assert.match(vkey, /\/epoch-2\+/);
    assert.equal(vkey, JSON.parse(done.stdout).next);
    const whole = await run(program('tlog_reader'), [`${stage.service.publicUrl}/log`, vkey]);
    assert.equal(whole.code, 0, whole.stderr);
  });

  test('who had the root key before is led to it', async () => {
    await until('the successor vouches for it', async () =>
      (await verify(first.link.text, '--trust', handed())).code === 0);
    const offline = await verify(first.pdf, '--offline', '--proof', first.proof, '--trust', handed());
    assert.equal(offline.code, 0, offline.stdout + offline.stderr);
    // Who knows of the successor asks it about withdrawals.
    const known = await verify(first.pdf, '--offline', '--proof', first.proof, '--trust', data('trust.txt'));
    assert.equal(known.code, 3, known.stdout);
    assert.equal((await verify(first.pdf, '--proof', first.proof, '--trust', data('trust.txt'))).code, 0);
    const seen = await monitor();
    assert.equal(seen.code, 0, JSON.stringify(seen));
    assert.match(seen.closed.next, /\/epoch-2\+/);
  });

  test('references of the closed log are withdrawn in the successor, and new ones issued', async () => {
    const done = await command('withdraw', first.link.id, '--yes');
    assert.equal(done.code, 0, done.stderr);
    // The public process follows a moment later.
    await until('the withdrawal is seen', async () =>
      (await verify(first.link.text, '--trust', handed())).code === 4);
    assert.equal((await verify(first.pdf, '--proof', first.proof, '--trust', handed())).code, 4);
    const third = await stage.issueTo({ first_name: 'Cora', dynamic_101: 'cora@post.example' });
    assert.equal((await verify(third.link.text, '--trust', handed())).code, 0);
    assert.equal((await verify(second.link.text, '--trust', data('trust.txt'))).code, 0);
    const seen = await monitor();
    assert.equal(seen.code, 0, JSON.stringify(seen));
    assert.deepEqual(seen.entries.map((each) => each.act).sort(), ['issued', 'withdrawn']);
  });

  test('its backup holds the end, and is checked against the root key', async () => {
    const done = await command('log', 'backup', folder('backup'));
    assert.equal(done.code, 0, done.stderr);
    const check = (key) => run(program('refledger'), ['log', 'fsck', '--export', folder('backup'),
      '--vkey', data('log.vkey'), '--root', key]);
    assert.equal((await check(data('root.vkey'))).code, 0);
    assert.equal((await check(folder('first.vkey'))).code, 1);
  });
});
