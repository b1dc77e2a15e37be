// A reading that goes wrong changes nothing: who was to get a reference still is, nobody else, and
// the next good reading makes up for it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { scope } from './support/scope.mjs';
import { events, syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('While the HR system answers badly', () => {
  const all = scope();
  let stage;
  before(async () => {
    stage = await setStage(all, { people: 12 });
    await stage.issueTo();
    await syncsLater(stage.child, 1);
  });

  const state = async () => (await stage.service.leavers())
    .map(({ reference, stage: at, waiting_for: waits }) => `${reference} ${at} ${waits}`).sort();
  const failures = () => events(stage.child.stderr)
    .filter((each) => each.process === 'desk' && each.event === 'sync' && each.fault).length;

  const kinds = {
    'no JSON': { kind: 'not-json' },
    'an object where the list should be': { kind: 'wrong-shape' },
    'a refusal': { kind: '403' },
  };
  for (const [what, fault] of Object.entries(kinds)) {
    test(`${what} changes nothing, and is made up for`, async () => {
      await stage.sandbox.fault({ kind: 'none' });
      for (const path of ['/v1/company/employees$', '/v2/persons$']) {
        await stage.sandbox.fault({ ...fault, path, times: 100000 });
      }
      const before = failures();
      await until('a sync has failed', () => failures() > before);
      const known = await state();
      const person = await stage.sandbox.leaver({ last_name: `Neu ${what.length}`,
        dynamic_101: `neu-${what.length}@post.example` });
      const since = failures();
      await until('another one has failed', () => failures() > since + 1);
      assert.deepEqual(await state(), known);
      await stage.sandbox.fault({ kind: 'none' });
      await stage.reference({ ...person, address: person.dynamic_101 }, 60);
      assert.equal((await state()).length, known.length + 1);
    });
  }

  test('nothing was ever asked but by GET, the logins aside', async () => {
    const counts = await stage.sandbox.counts();
    const written = Object.keys(counts).filter((what) =>
      !what.startsWith('GET ') && !['POST /v1/auth', 'POST /v2/auth/token'].includes(what));
    assert.deepEqual(written, []);
    assert.ok(Object.keys(counts).length > 1);
  });
});
