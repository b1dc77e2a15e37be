// A ledger that was changed on disk by one bit is refused, or the bit was in unused space: there is
// never a wrong answer.
import assert from 'node:assert/strict';
import { cp, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { scope } from './support/scope.mjs';
import { events, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const flip = async (path, at) => {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] ^= 0x10;
  await file.write(byte, 0, 1, at);
  await file.close();
};

describe('A ledger with one bit changed on disk', () => {
  const all = scope();
  let stage;
  let references;
  let truth;
  const outcomes = { refused: 0, unharmed: 0 };
  const ledger = () => join(stage.service.data, 'ledger');
  const kept = () => join(stage.folder, 'kept');

  before(async () => {
    stage = await setStage(all);
    references = [await stage.issueTo(),
      await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' })];
    await stage.service.command(['withdraw', references[1].link.id, '--yes']);
    await until('the withdrawal is public', async () =>
      (await stage.service.told(references[1].link.id)).status === 'withdrawn');
    await stage.child.stop();
    // A restart turns the write-ahead log into tables; the rows since then stay in the log.
    stage.child = await stage.service.start();
    references.push(await stage.issueTo({ first_name: 'Cem', dynamic_101: 'cem@post.example' }));
    truth = { size: await stage.service.treeSize() };
    await stage.child.stop();
    await cp(ledger(), kept(), { recursive: true });
  });

  const restore = async () => {
    await rm(ledger(), { recursive: true });
    await cp(kept(), ledger(), { recursive: true });
  };

  const assertEverythingVerifies = async () => {
    const child = await stage.service.start();
    assert.equal(await stage.service.treeSize(), truth.size);
    const codes = [];
    for (const { link } of references) codes.push((await verify(link.text)).code);
    assert.deepEqual(codes, [0, 4, 0]);
    await child.stop();
  };

  // The desk's judgement: it refuses with a line that says why, or it starts.
  const deskRefuses = async () => {
    const child = stage.service.launch('desk');
    const line = await until('the desk has decided', () =>
      events(child.stderr).find(({ event, fault }) => event === 'started' || fault) ??
      (!child.running && { none: child.stderr }));
    if (line.event === 'started') {
      await child.stop();
      return false;
    }
    assert.equal(await child.ended, 78, child.stderr);
    assert.equal(line.event, 'start');
    // Refused: what the write-ahead log lost, the head anchor misses.
    assert.ok(['storage', 'refused'].includes(line.fault), JSON.stringify(line));
    assert.ok(line.detail.length > 10, `not clear: ${line.detail}`);
    return true;
  };

  // The public process alone, on the damaged files: the truth, or no answer; never "unknown", never
  // "valid" for what is withdrawn, never a smaller log.
  const publicNeverLies = async () => {
    const child = stage.service.launch('verify');
    try {
      await until('the public process has decided', async () => !child.running ||
        events(child.stderr).some(({ event, fault }) => event === 'started' || fault));
      if (!child.running) return;
      for (const [at, { link }] of references.entries()) {
        const told = await stage.service.told(link.id).catch(() => ({ status: 'no answer' }));
        const right = at === 1 ? 'withdrawn' : 'issued';
        if (told.entry !== undefined) assert.equal(told.status, right, link.id);
        else assert.notEqual(told.status, 'unknown', `${link.id} is unknown all at once`);
        const { code } = await verify(link.text);
        assert.ok([at === 1 ? 4 : 0, 3].includes(code), `verify ended with ${code}`);
      }
    } finally {
      await child.kill();
    }
  };

  const judge = async () => {
    await publicNeverLies();
    const refused = await deskRefuses();
    outcomes[refused ? 'refused' : 'unharmed'] += 1;
    if (!refused) await assertEverythingVerifies();
    return refused ? 'refused' : 'unharmed';
  };

  test('is fine as it is, as a control', async () => {
    assert.equal(await deskRefuses(), false);
    await restore();
    await assertEverythingVerifies();
    await restore();
  });

  for (const [kind, pattern] of [['table', /\.sst$/], ['write-ahead log', /\.log$/],
    ['manifest', /^MANIFEST-/], ['pointer to the manifest', /^CURRENT$/]]) {
    test(`never leads to a wrong answer when the bit is in a ${kind}`, async (t) => {
      await restore();
      const names = (await readdir(ledger())).filter((name) => pattern.test(name)).sort();
      const files = [];
      for (const name of names) {
        const { size } = await stat(join(ledger(), name));
        if (size > 0) files.push({ name, size });
      }
      assert.ok(files.length > 0, `no ${kind} in ${await readdir(ledger())}`);
      const places = [0.02, 0.3, 0.62, 0.97];
      // A few places in each of a few files: the largest hold the entries.
      const chosen = files.sort((a, b) => b.size - a.size).slice(0, 3);
      for (const { name, size } of chosen) {
        for (const place of places) {
          await flip(join(ledger(), name), Math.floor((size - 1) * place));
          const where = `${name} at ${place}`;
          const outcome = await judge().catch((error) => {
            throw new Error(`${where}: ${error.message}`, { cause: error });
          });
          t.diagnostic(`${where}: ${outcome}`);
          await restore();
        }
      }
    });
  }

  test('was refused more often than not', () => {
    assert.ok(outcomes.refused > outcomes.unharmed, JSON.stringify(outcomes));
  });

  test('is fine again once the files are restored', async () => {
    await restore();
    await assertEverythingVerifies();
  });
});
