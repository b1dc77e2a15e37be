// A large company takes hardly more memory to read than a small one: people are handed on as they
// come, and only their ids are kept.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { mustRun } from './support/children.mjs';
import { program } from './support/place.mjs';
import { Sandbox } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';

const mebibyte = 1024;  // in KiB, as the reader tells

describe('Reading six times as many people', () => {
  const all = scope();

  /// KiB at the most, above what the reader takes before it reads.
  async function memory(people, api) {
    const sandbox = await Sandbox.start(all, { people });
    const { stdout } = await mustRun(program('hr_reader'), [`http://127.0.0.1:${sandbox.port}`, api]);
    await sandbox.child.kill();
    const told = JSON.parse(stdout);
    assert.equal(told.people, people);
    return told.peak_kib - told.idle_kib;
  }

  for (const api of ['v1', 'v2']) {
    test(`takes hardly more memory by ${api}`, async () => {
      const small = await memory(1000, api);
      const large = await memory(6000, api);
      assert.ok(large < 64 * mebibyte, `${large} KiB`);
      // Whoever kept everybody would need some 2 KiB for each.
      assert.ok(large - small < 5 * mebibyte, `${small} KiB, then ${large} KiB`);
    });
  }
});
