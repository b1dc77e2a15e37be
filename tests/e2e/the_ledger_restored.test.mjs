// The ledger lost and brought back from its backup: the newest one goes on, an older one is refused,
// and only a new epoch goes on from an older one.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { run } from './support/children.mjs';
import { program } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('The ledger restored', () => {
  const all = scope();
  let stage;
  let first;
  let second;
  before(async () => {
    stage = await setStage(all);
    first = await stage.issueTo();
  });

  const folder = (name) => join(stage.folder, name);
  const ledger = () => join(stage.service.data, 'ledger');
  const trust = () => join(stage.service.data, 'trust.txt');
  const command = (...words) => stage.service.command(words);
  const loseTheLedger = async () => {
    if (stage.child) assert.equal(await stage.child.stop(), 0);
    stage.child = null;
    await rm(ledger(), { recursive: true });
  };

  test('a backup is made beside the running desk, and brought up to date', async () => {
    const made = await command('log', 'backup', folder('backup'), '--json');
    assert.equal(made.code, 0, made.stderr);
    assert.equal(JSON.parse(made.stdout).size, await stage.service.treeSize());
    await cp(folder('backup'), folder('older'), { recursive: true });
    second = await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    const again = await command('log', 'backup', folder('backup'), '--json');
    assert.equal(JSON.parse(again.stdout).size, await stage.service.treeSize());
  });

  test('it is not restored over a ledger that is there', async () => {
    const done = await command('log', 'restore', folder('backup'));
    assert.equal(done.code, 1);
    assert.match(done.stderr, /move it away first/);
  });

  test('the newest backup brings everything back', async () => {
    await loseTheLedger();
    const done = await command('log', 'restore', folder('backup'));
    assert.equal(done.code, 0, done.stderr);
    assert.equal((await command('log', 'fsck')).code, 0);
    stage.child = await stage.service.start();
    for (const each of [first, second]) {
      const checked = await verify(each.link.text, '--trust', trust());
      assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    }
  });

  test('an older one is refused, and leaves nothing in its place', async () => {
    await loseTheLedger();
    const done = await command('log', 'restore', folder('older'));
    assert.equal(done.code, 1);
    assert.match(done.stderr, /older than its head anchor/);
    assert.ok(!existsSync(ledger()));
    const undeclared = await command('log', 'restore', folder('older'), '--new-epoch', '--yes');
    assert.equal(undeclared.code, 1);
    assert.match(undeclared.stderr, /raise log\.epoch/);
    assert.ok(!existsSync(ledger()));
  });

  test('a new epoch goes on from the older one under another name', async () => {
    const before = (await readFile(join(stage.service.data, 'log.vkey'), 'utf8')).trim();
    await appendFile(stage.service.config, 'log.epoch = 2\n');
    const done = await command('log', 'restore', folder('older'), '--new-epoch', '--yes');
    assert.equal(done.code, 0, done.stderr);
    assert.equal((await command('log', 'fsck')).code, 0);
    stage.child = await stage.service.start();
    // The new log signs its own statement about withdrawals once the desk is up.
    await until('the new log vouches for it', async () =>
      (await verify(first.link.text, '--trust', trust())).code === 0);
    const third = await stage.issueTo({ first_name: 'Cora', dynamic_101: 'cora@post.example' });
    assert.equal((await verify(third.link.text, '--trust', trust())).code, 0);
    // What was lost the desk has handed in again, from its vault.
    await until('what was lost is entered again', async () =>
      (await verify(second.link.text, '--trust', trust())).code === 0);
    assert.equal((await command('log', 'fsck')).code, 0);
    // Go's own reader finds a whole log of the new name, and none of the old.
    const after = (await readFile(join(stage.service.data, 'log.vkey'), 'utf8')).trim();
    assert.match(after, /\/epoch-2\+/);
    const read = (vkey) => run(program('tlog_reader'), [`${stage.service.publicUrl}/log`, vkey]);
    const whole = await read(after);
    assert.equal(whole.code, 0, whole.stderr);
    assert.notEqual((await read(before)).code, 0);
    // What was proven before still is, with the trust file of then.
    const kept = await verify(second.pdf, '--offline', '--proof', second.proof, '--trust',
      join(stage.service.data, 'trust.before-epoch-2.txt'));
    assert.equal(kept.code, 0, kept.stdout + kept.stderr);
  });
});
