// kill -9 at many moments: afterwards everyone who left has exactly one reference, one entry and one
// message.  `tools/soak kill` does the same for longer.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { finishAndCheck, killLoop } from './support/kill_loop.mjs';
import { temporaryFolder } from './support/place.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

test('killed at many moments, the service still gives each leaver exactly one reference', async (t) => {
  const stage = await setStage(t, { serve: false });
  const file = join(await temporaryFolder(t), 'expected.json');
  const expected = await killLoop(stage, {
    kills: 12, seed: 20260101, file, tell: (line) => t.diagnostic(line),
  });
  assert.ok(expected.leavers.length >= 12);
  await finishAndCheck(stage, expected);
  const before = (await stage.mailServer.received()).length;
  await syncsLater(stage.child, 2);
  assert.equal((await stage.mailServer.received()).length, before, 'more mail after the end');
});

test('the check after the kills fails when a reference is missing, as a control', async (t) => {
  const stage = await setStage(t, { serve: false });
  const file = join(await temporaryFolder(t), 'expected.json');
  const expected = await killLoop(stage, { kills: 1, seed: 3, file });
  await finishAndCheck(stage, expected);
  // Someone who never left: the service cannot know, the expectation can.
  expected.entries.push('0'.repeat(64));
  await assert.rejects(finishAndCheck(stage, expected), /an entry was lost/);
  expected.entries.pop();
  const [first] = Object.keys(expected.messages);
  expected.messages[first] = { ...expected.messages[first], id: '<other@example>' };
  await assert.rejects(finishAndCheck(stage, expected), /another message/);
});
