// One employment, one reference: whatever the HR system says again or differently afterwards.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { scope } from './support/scope.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('After a reference is delivered', () => {
  const all = scope();
  let stage;
  let reference;
  let first;
  const snapshot = async () => ({
    size: await stage.service.treeSize(),
    mails: (await stage.mailServer.received()).map(({ raw }) => raw.toString('latin1')),
    references: (await stage.service.leavers()).map(({ reference: id, stage: at }) => `${id} ${at}`).sort(),
  });
  before(async () => {
    stage = await setStage(all);
    reference = await stage.issueTo();
    await until('the case is closed with the mail', async () =>
      (await stage.service.leavers()).some((one) => one.stage === 'delivered'));
    first = await snapshot();
  });

  test('there is one issued entry, one mail and one case', () => {
    assert.equal(first.size, 3, 'two keys and one reference');
    assert.equal(first.mails.length, 1);
    assert.deepEqual(first.references, [`${reference.link.id} delivered`]);
  });

  const later = {
    'one more sync': async () => {},
    'a new name': () => stage.sandbox.rename(reference.person.id, { last_name: 'Keller' }),
    'another position': () => stage.sandbox.set(reference.person.id, { position: 'Leiterin Montage' }),
    'another end date': () => stage.sandbox.terminate(reference.person.id, '2024-06-30'),
    'another private address': () =>
      stage.sandbox.set(reference.person.id, { dynamic_101: 'ada.neu@post.example' }),
    'an end that is taken back': () => stage.sandbox.extend(reference.person.id),
  };
  for (const [what, happen] of Object.entries(later)) {
    test(`${what} leads to nothing new`, async () => {
      await happen();
      await syncsLater(stage.child, 3);
      assert.deepEqual(await snapshot(), first);
    });
  }

  test('HR is told that something changed since', async () => {
    const [one] = await stage.service.leavers();
    assert.equal(one.reference, reference.link.id);
    assert.match(one.note, /Changed in the HR system after issuing/);
    const { stdout } = await stage.service.command(['leavers']);
    assert.ok(stdout.includes(`${reference.link.id}: ${one.note}`), stdout);
  });

  test('a restart brings nothing new', async () => {
    assert.equal(await stage.child.stop(), 0);
    stage.child = await stage.service.start();
    await syncsLater(stage.child, 2);
    assert.deepEqual(await snapshot(), first);
  });

  test('someone without a recorded wish becomes an open case and gets no mail', async () => {
    const silent = await stage.sandbox.leaver({
      first_name: 'Cem', dynamic_101: 'cem@post.example', dynamic_104: null,
    });
    const open = await until('an open case', async () =>
      (await stage.service.leavers()).find((one) => one.name.startsWith('Cem')));
    await syncsLater(stage.child, 2);
    assert.match(open.waiting_for, /confirmation or a full reference/);
    assert.equal(open.reference, '');
    assert.deepEqual(await stage.mailServer.receivedBy(silent.address), []);
    assert.equal(await stage.service.treeSize(), first.size);
  });
});
