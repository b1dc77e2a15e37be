// A reading that goes wrong changes nothing: who was to get a reference still is, nobody else, and
// the next good reading makes up for it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { readMail } from './support/mail.mjs';
import { scope } from './support/scope.mjs';
import { events, syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('While the HR system answers badly', () => {
  const all = scope();
  let stage;
  before(async () => {
    stage = await setStage(all, { people: 12,
      more: 'hr.mail = hr-team@hr.example\nnotices.leaver = at-once\n' });
    await stage.issueTo();
    await syncsLater(stage.child, 1);
  });

  const state = async () => (await stage.service.leavers())
    .map(({ reference, stage: at, waiting_for: waits }) => `${reference} ${at} ${waits}`).sort();
  const failures = () => events(stage.child.stderr)
    .filter((each) => each.process === 'desk' && each.event === 'sync' && each.fault).length;

  const toHr = async () => Promise.all((await stage.mailServer.receivedBy('hr-team@hr.example'))
    .map(({ raw }) => readMail(raw)));
  const about = async (words) => (await toHr()).filter(({ text }) => words.test(text));

  const unread = /could not be read since/;
  const refused = /has refused the credential since/;
  const kinds = {
    'no JSON': [{ kind: 'not-json' }, unread, 1],
    'an object where the list should be': [{ kind: 'wrong-shape' }, unread, 2],
    'a refusal': [{ kind: '403' }, refused, 1],
  };
  for (const [what, [fault, words, mails]] of Object.entries(kinds)) {
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
      await until('HR is told', async () => (await about(words)).length === mails);
      await stage.sandbox.fault({ kind: 'none' });
      await stage.reference({ ...person, address: person.dynamic_101 }, 60);
      assert.equal((await state()).length, known.length + 1);
    });
  }

  test('HR was told of each outage once, and of the leavers, and never by name', async () => {
    await stage.sandbox.leaver({ last_name: 'Vollzeugnis', dynamic_104: 'full' });
    const [leaver] = await until('a mail about the leaver', async () => {
      const mails = await about(/new leaver/);
      return mails.length > 0 && mails;
    }, { seconds: 60 });
    assert.match(leaver.text, /Case [0-9A-Z]{26}/);
    assert.equal((await about(unread)).length, 2);
    assert.equal((await about(refused)).length, 1);
    const names = (await stage.service.leavers()).flatMap(({ name }) => name.split(' '))
      .filter((word) => /^\p{L}{3,}$/u.test(word));
    for (const { text, headers } of await toHr()) {
      for (const word of [...names, 'post.example']) assert.ok(!text.includes(word), word);
      for (const name of names) assert.ok(!headers.get('subject').includes(name), name);
    }
  });

  test('nothing was ever asked but by GET, the logins aside', async () => {
    const counts = await stage.sandbox.counts();
    const written = Object.keys(counts).filter((what) =>
      !what.startsWith('GET ') && !['POST /v1/auth', 'POST /v2/auth/token'].includes(what));
    assert.deepEqual(written, []);
    assert.ok(Object.keys(counts).length > 1);
  });
});
