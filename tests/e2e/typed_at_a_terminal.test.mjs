// What an operator types at a terminal: a secret is asked for and never shown.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { setStage } from './support/stage.mjs';
import { onTerminal } from './support/terminal.mjs';

describe('At a terminal', () => {
  const all = scope();
  let stage;
  let typed;

  before(async () => {
    stage = await setStage(all, { serve: false });
    typed = await onTerminal(all, stage.service, ['source', 'set', 'personio'],
      [['Client id: ', credentials.client_id], ['Client secret: ', credentials.client_secret]]);
  });

  test('the client id is shown as it is typed, and the secret is not', () => {
    assert.equal(typed.code, 0, typed.shown);
    assert.ok(typed.shown.includes(credentials.client_id));
    assert.ok(!typed.shown.includes(credentials.client_secret), typed.shown);
  });

  test('the terminal shows again what is typed afterwards', () => {
    assert.match(typed.modes, /[^-]echo /);
  });
});
