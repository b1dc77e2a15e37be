// Another company of the group employs this person: the issuer cannot attest it, wish or not.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { scope } from './support/scope.mjs';
import { lastWeek } from './support/sandbox.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const own = 'Seewald Instrumente AG';
const other = 'Seewald Instrumente Deutschland GmbH';

describe('Someone who wished for a confirmation and was employed by another company', () => {
  const all = scope();
  let stage;
  let empty;
  before(async () => {
    stage = await setStage(all);
    empty = await stage.service.treeSize();
  });

  const caseOf = async (name) =>
    (await stage.service.leavers()).find((one) => one.name.startsWith(name));
  /// An open case that names the other company, and nothing made or sent, also later.
  const staysOpen = async (name, address) => {
    await until(`${name}'s case waits`, async () => (await caseOf(name))?.waiting_for);
    await syncsLater(stage.child, 3);
    const one = await caseOf(name);
    assert.equal(one.stage, 'open');
    assert.ok(one.waiting_for.includes(other), one.waiting_for);
    assert.equal(one.reference, '');
    assert.deepEqual(await stage.mailServer.receivedBy(address), []);
    assert.equal(await stage.service.treeSize(), empty);
  };

  test('stays an open case from the day they leave, and nothing is issued', async () => {
    await stage.sandbox.leaver({
      first_name: 'Gesa', dynamic_101: 'gesa@post.example', dynamic_102: 'DE',
      office: 'Konstanz', department: 'Service', subcompany: other,
    });
    await staysOpen('Gesa', 'gesa@post.example');
  });

  test('stays an open case when they had moved there before they left', async () => {
    const { id } = await stage.sandbox.hire({
      first_name: 'Moritz', dynamic_101: 'moritz@post.example', subcompany: own });
    await syncsLater(stage.child, 1);
    await stage.sandbox.set(id, { subcompany: other });
    await stage.sandbox.terminate(id, lastWeek());
    await staysOpen('Moritz', 'moritz@post.example');
  });

  test('gets the reference once the company is put right, as a control', async () => {
    const gesa = (await stage.sandbox.people()).find(({ name }) => name.startsWith('Gesa'));
    await stage.sandbox.set(gesa.id, { subcompany: own });
    const { link } = await stage.reference({ id: gesa.id, address: 'gesa@post.example' });
    assert.equal((await stage.service.told(link.id)).status, 'issued');
    assert.equal(await stage.service.treeSize(), empty + 1);
    assert.deepEqual(await stage.mailServer.receivedBy('moritz@post.example'), []);
  });
});
