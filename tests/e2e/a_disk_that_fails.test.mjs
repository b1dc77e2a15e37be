// The disk fails under the real service while a reference is issued: the desk ends at once instead of
// trying again, comes back, finds out what is on disk, and the leaver gets exactly one reference.
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { Child } from './support/children.mjs';
import { payloadOf, parseVkey, readLog } from './support/log_reader.mjs';
import { program } from './support/place.mjs';
import { events, syncsLater, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

/// The service under tests/faults/disk_shim.cpp: one call on the head anchor fails, once.
function launchOnFailingDisk(t, stage, fail) {
  const child = new Child(program('refledger'), ['serve', '--config', stage.service.config], {
    env: {
      LD_PRELOAD: program('libdisk_shim.so'),
      DISK_ROOT: join(stage.service.data, 'ledger.head'),
      DISK_FAIL: fail,
      DISK_ONCE: join(stage.service.data, 'failed-once'),
    },
  });
  t.after(() => child.kill());
  return child;
}

async function issuedIn(stage) {
  const vkey = parseVkey(await readFile(join(stage.service.data, 'log.vkey'), 'utf8'));
  const { entries } = await readLog(`http://127.0.0.1:${stage.service.at.publicPort}/log`, vkey);
  return entries.map(payloadOf).filter(({ act }) => act === 'issued');
}

const deskEnds = (child) => events(child.stderr)
  .filter(({ event, which }) => event === 'process ended' && which === 'desk');

async function oneReferenceFor(stage, child) {
  const { link } = await stage.issueTo();
  assert.equal((await verify(link.text)).code, 0);
  await syncsLater(child, 2);
  assert.equal((await stage.mailServer.received()).length, 1);
  assert.equal((await issuedIn(stage)).length, 1);
}

describe('When the disk fails under the head anchor', () => {
  test('the desk ends at the first failed sync, and nothing is lost or doubled', async (t) => {
    const stage = await setStage(t, { serve: false });
    stage.child = launchOnFailingDisk(t, stage, 'sync:1:5');
    await stage.service.answers(stage.child);
    // What ends within ten seconds of its first start may count as set up wrongly.
    await syncsLater(stage.child, 12);
    await oneReferenceFor(stage, stage.child);
    await access(join(stage.service.data, 'failed-once'));
    const ends = await until('the desk has ended', () => deskEnds(stage.child).length > 0 &&
      deskEnds(stage.child));
    assert.equal(ends.length, 1);
    assert.notEqual(ends[0].code, 0);
    assert.ok(stage.child.running);
  });

  test('the desk does not end where nothing fails, as a control', async (t) => {
    const stage = await setStage(t, { serve: false });
    stage.child = launchOnFailingDisk(t, stage, 'sync:1000000:5');
    await stage.service.answers(stage.child);
    await oneReferenceFor(stage, stage.child);
    assert.deepEqual(deskEnds(stage.child), []);
  });
});
