// Promise 2, whoever checks a reference gets an answer: also while the desk cannot run.
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { childOf } from './support/kill_loop.mjs';
import { scope } from './support/scope.mjs';
import { events, syncsLater, verify } from './support/service.mjs';
import { SmallDisk } from './support/small_disk.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

/// Every end of the desk that the service has told of.
const endsOf = (stage) => events(stage.child.stderr)
  .filter(({ event, which }) => event === 'process ended' && which === 'desk');
const killDesk = async (stage) =>
  process.kill(await childOf(stage.child.pid, 'desk'), 'SIGKILL');

const megabytes = 48;

describe('When the disk under the installation is full', () => {
  const all = scope();
  let disk;
  let stage;
  let reference;
  let open;
  let size;
  before(async () => {
    disk = await SmallDisk.mount(all, megabytes);
    stage = await setStage(all, { disk });
    // Issued on the same small disk: with room it works, as a control.
    reference = await stage.issueTo();
    open = await childOf(stage.child.pid, 'verify');
    size = await stage.service.treeSize();
  });

  test('the desk cannot be started and nothing new is issued', async () => {
    // What ends within ten seconds of its first start may count as set up wrongly.
    await syncsLater(stage.child, 12);
    await disk.fill();
    // What the stores had set aside before would last a while longer; a new start needs room.
    await killDesk(stage);
    await stage.sandbox.leaver({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    await until('the desk failed to start twice', () => endsOf(stage).length >= 3, { seconds: 60 });
    for (const { code } of endsOf(stage)) assert.notEqual(code, 0);
  });

  test('the public process, the same one as before, keeps answering', async () => {
    const before = endsOf(stage).length;
    await until('the desk failed to start once more', () => endsOf(stage).length > before,
      { seconds: 60 });
    assert.deepEqual(await stage.mailServer.receivedBy('bea@post.example'), []);
    assert.equal(await stage.service.treeSize(), size);
    assert.ok(stage.child.running);
    assert.equal(await childOf(stage.child.pid, 'verify'), open);
    assert.equal((await fetch(`${stage.service.privateUrl}/healthz`)).status, 200);
    assert.equal((await stage.service.told(reference.link.id)).status, 'issued');
    const done = await verify(reference.link.text);
    assert.equal(done.code, 0, done.stdout + done.stderr);
  });

  test('once there is room again, the desk goes on without a restart of the service', async () => {
    await disk.empty();
    const later = await stage.reference({ id: 'bea', address: 'bea@post.example' }, 90);
    assert.equal((await verify(later.link.text)).code, 0);
    assert.equal((await stage.mailServer.receivedBy('bea@post.example')).length, 1);
    assert.ok(stage.child.running);
    assert.equal(await childOf(stage.child.pid, 'verify'), open);
    const issued = (await stage.service.leavers()).filter((one) => one.reference !== '');
    assert.equal(issued.length, 2);
    assert.equal(await stage.service.treeSize(), size + 1);
    assert.equal((await verify(reference.link.text)).code, 0);
  });
});

describe('When the key file is away', () => {
  const all = scope();
  let stage;
  let key;
  before(async () => {
    stage = await setStage(all);
    key = join(stage.service.at.folder, 'master.key');
  });

  test('at a restart of the desk, the public process stays and the desk comes back with it', async () => {
    const open = await childOf(stage.child.pid, 'verify');
    await syncsLater(stage.child, 12);
    await rename(key, `${key}.away`);
    await killDesk(stage);
    await until('the desk failed to start twice', () => endsOf(stage).length >= 3);
    assert.deepEqual(endsOf(stage).slice(0, 3).map(({ code }) => code), [137, 78, 78]);
    assert.ok(stage.child.running);
    assert.equal((await fetch(`${stage.service.privateUrl}/healthz`)).status, 200);
    await rename(`${key}.away`, key);
    const { link } = await stage.issueTo();
    assert.equal((await verify(link.text)).code, 0);
    assert.equal(await childOf(stage.child.pid, 'verify'), open);
  });

  test('at the very start, the whole service says so and ends, as a control', async () => {
    assert.equal(await stage.child.stop(), 0);
    await rename(key, `${key}.away`);
    const child = stage.service.launch();
    assert.equal(await child.ended, 78);
    assert.match(child.stderr, /master/);
  });
});
