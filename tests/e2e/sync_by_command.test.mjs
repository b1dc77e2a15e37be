// `refledger sync`: what would happen, how far it is, what was done.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { readMail } from './support/mail.mjs';
import { scope } from './support/scope.mjs';
import { events } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { onTerminal } from './support/terminal.mjs';
import { until } from './support/until.mjs';

describe('refledger sync', () => {
  const all = scope();
  let stage;
  let person;
  const sync = async (...words) => {
    const done = await stage.service.command(['sync', ...words]);
    assert.equal(done.code, 0, done.stderr);
    return done.stdout;
  };
  const told = async (...words) => JSON.parse(await sync(...words, '--json'));

  before(async () => {
    stage = await setStage(all, { more: 'sync.interval_seconds = 3600\nhr.mail = hr-team@hr.example\n' });
    // Before the end: told, so that all the API can tell of a leaver is delivered at first.
    const day = new Date(Date.now() - 14 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    person = await stage.sandbox.leaver({ last_working_day: day });
  });

  test('--dry-run tells what would happen, and nothing happens', async () => {
    const size = await stage.service.treeSize();
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Zurich' });
    for (let round = 0; round < 2; round += 1) {
      const report = await told('--dry-run');
      assert.equal(report.dry_run, true);
      assert.deepEqual(report.acts.map(({ act, person: id, issue }) => [act, id, issue]),
        [['open', String(person.id), today]]);
      assert.equal(report.issued + report.delivered, 0);
    }
    assert.match(await sync('--dry-run'), /Nothing was done\. This would happen:\n/);
    assert.deepEqual(await stage.service.leavers(), []);
    assert.equal(await stage.service.treeSize(), size);
  });

  test('says on a terminal how many people were read so far', async () => {
    await stage.sandbox.fault({ kind: 'slow', ms: 3000, path: '/v2/persons/*/employments' });
    const { code, shown } = await onTerminal(all, stage.service, ['sync', '--dry-run']);
    assert.equal(code, 0, shown);
    assert.match(shown, /\d+ people read \.\.\./);
    assert.match(shown, /This would happen:/);
  });

  test('does it, and reports what it did', async () => {
    const report = await told();
    assert.deepEqual([report.opened, report.issued, report.dry_run], [1, 1, false]);
    assert.ok(report.requests > 0);
    await stage.reference(person);
    assert.match(await sync(), /people read.*have left\.\n0 new cases, 0 references issued/);
  });

  test('leaves the case of somebody listed, with stage and reference', async () => {
    const [one] = await stage.service.leavers();
    assert.match(one.name, /Nägeli/);
    assert.match(one.reference, /^[0-9A-Z]{26}$/);
    const table = (await stage.service.command(['leavers'])).stdout;
    assert.match(table, /LAST DAY .*NAME .*STAGE/);
    assert.ok(table.includes('Nägeli'));
  });

  test('says what the HR system no longer delivers, and HR is told by mail', async () => {
    const listed = await stage.service.command(['source', 'attributes', 'personio', '--json']);
    const keys = JSON.parse(listed.stdout).map(({ key }) => key);
    assert.ok(keys.includes('dynamic_103'), keys.join());
    // The last working day is no attribute of a person: it is told with the employment's end.
    const permitted = [...keys.filter((key) => key !== 'dynamic_103'), 'last_working_day'];
    await stage.sandbox.permit({ attributes: permitted });
    const report = await told('--full');
    assert.deepEqual(report.lost, ['language: dynamic_103']);
    await until('HR is told', async () => {
      const mails = await stage.mailServer.receivedBy('hr-team@hr.example');
      const texts = await Promise.all(mails.map(async ({ raw }) => (await readMail(raw)).text));
      return texts.some((text) => text.includes('  language: dynamic_103\r\n'));
    });
    assert.deepEqual((await told('--full')).lost, [], 'once');
    assert.match((await stage.service.command(['leavers'])).stdout,
      /Not delivered by the HR system, and left out:\n {2}language: dynamic_103/);
  });
});
