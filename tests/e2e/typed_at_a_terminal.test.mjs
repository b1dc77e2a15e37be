// What an operator types at a terminal: a secret is asked for and never shown.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { before, describe, test } from 'node:test';

import { program } from './support/place.mjs';
import { credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('At a terminal', () => {
  const all = scope();
  let stage;

  before(async () => { stage = await setStage(all, { serve: false }); });

  /// Runs refledger on a terminal of its own; answers each question once it was asked.
  async function onTerminal(words, answers) {
    const line = [program('refledger'), ...words, '--config', stage.service.config].join(' ');
    const child = spawn('script', ['-qec', line, '/dev/null'], { detached: true });
    all.after(() => child.kill('SIGKILL'));
    let shown = '';
    child.stdout.on('data', (part) => { shown += part; });
    const ended = once(child, 'exit');
    for (const [question, answer] of answers) {
      await until(`the question ${question}`, () => shown.includes(question));
      // The terminal stops showing what is typed right after it has asked.
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      child.stdin.write(`${answer}\n`);
    }
    const [code] = await ended;
    return { code, shown };
  }

  test('the client id is shown as it is typed, and the secret is not', async () => {
    const { code, shown } = await onTerminal(['source', 'set', 'personio'],
      [['Client id: ', credentials.client_id], ['Client secret: ', credentials.client_secret]]);
    assert.equal(code, 0, shown);
    assert.ok(shown.includes(credentials.client_id));
    assert.ok(!shown.includes(credentials.client_secret), shown);
  });

  test('the terminal shows again what is typed afterwards', async () => {
    const { code, shown } = await onTerminal(['source', 'remove', 'personio'], [['?', 'no, keep it']]);
    assert.notEqual(code, null);
    assert.ok(shown.includes('no, keep it'), shown);
  });
});
