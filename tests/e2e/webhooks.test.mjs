// Personio says that something changed, and the desk reads it anew: long before its next reading,
// believing nothing but the token.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { freePort } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { events } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('A webhook', () => {
  const all = scope();
  let stage;
  let hook;
  const syncs = () => events(stage.child.stderr).filter(({ event }) => event === 'sync').length;
  const answers = async () => (await stage.sandbox.deliveries()).filter(({ done }) => done);

  before(async () => {
    const port = await freePort();
    stage = await setStage(all, {
      more: `desk.url = https://desk.example\ndesk.listen = 127.0.0.1:${port}\n`
        + 'sync.interval_seconds = 3600\n',
    });
    const shown = await stage.service.command(['source', 'webhook', '--json']);
    assert.equal(shown.code, 0, shown.stderr);
    hook = JSON.parse(shown.stdout);
    assert.match(hook.url, /^https:\/\/desk\.example\/hooks\//);
    hook.here = hook.url.replace('https://desk.example', `http://127.0.0.1:${port}`);
  });

  test('with a wrong token is answered 401 and believed in nothing', async () => {
    const before = syncs();
    await stage.sandbox.register(hook.here, `${hook.token.slice(0, -1)}x`);
    const person = await stage.sandbox.hire();
    const [first] = await until('the sandbox has sent it', async () => {
      const done = await answers();
      return done.length > 0 && done;
    });
    assert.deepEqual(first.answers, [401]);
    const posted = await fetch(hook.here, { method: 'POST', body: '{}' });
    assert.equal(posted.status, 401, 'without a token');
    assert.equal(syncs(), before);
    await stage.sandbox.terminate(person.id);
  });

  test('with the token is answered at once, and the person is read anew and issued', async () => {
    const before = syncs();
    const { length: read } = await stage.sandbox.log();
    await stage.sandbox.register(hook.here, hook.token);
    const person = await stage.sandbox.leaver({ first_name: 'Cem', dynamic_101: 'cem@post.example' });
    const reference = await stage.reference(person);
    assert.ok(reference.link.id);
    assert.ok(syncs() > before, 'hours before its next reading');
    const good = (await answers()).filter((each) => each.answers.includes(204));
    assert.ok(good.length > 0);
    assert.ok(good.every(({ attempts }) => attempts === 1), 'none had to be sent again');
    const paths = (await stage.sandbox.log()).slice(read).map(({ path }) => path);
    assert.ok(paths.length > 0 && paths.every((path) => !path.startsWith('/control')));
  });

  test('that makes no sense is refused, and the desk goes on', async () => {
    const post = (body) => fetch(hook.here, { method: 'POST', headers: { authorization: hook.token }, body });
    assert.equal((await post('{')).status, 400);
    assert.equal((await post('{"event_name":1}')).status, 400);
    assert.equal((await fetch(hook.here, { headers: { authorization: hook.token } })).status, 405);
    assert.equal((await fetch(hook.here.replace(/[^/]+$/, 'other'), { method: 'POST' })).status, 404);
    const unknown = { event_name: 'person.updated', occurred_at: '2026-11-01T00:00:00Z', company_id: '1',
      payload: { id: '999999' }, meta: {} };
    const before = syncs();
    assert.equal((await post(JSON.stringify(unknown))).status, 204);
    await until('the desk has read again', () => syncs() > before);
    assert.equal(stage.child.running, true);
  });

  test('shows its token to nobody but the operator', () => {
    assert.ok(!stage.service.journal.includes(hook.token));
  });
});
