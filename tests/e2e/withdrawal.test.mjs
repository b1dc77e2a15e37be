// A withdrawn reference is genuine but no longer valid, for everyone and for good.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { newPage, openLink, startBrowser } from './support/browser.mjs';
import { payloadOf } from './support/log_reader.mjs';
import { scope } from './support/scope.mjs';
import { syncsLater, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('Withdrawing a reference while the service runs', () => {
  const all = scope();
  let stage;
  let reference;
  let other;
  let sizeBefore;
  before(async () => {
    stage = await setStage(all);
    reference = await stage.issueTo();
    other = await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    sizeBefore = await stage.service.treeSize();
  });

  test('is refused for a number that was never issued, and for one that is none', async () => {
    const never = await stage.service.command(['withdraw', '0'.repeat(26), '--yes']);
    assert.equal(never.code, 1, never.stderr);
    const none = await stage.service.command(['withdraw', 'ABC', '--yes']);
    assert.equal(none.code, 2, none.stderr);
    assert.equal(await stage.service.treeSize(), sizeBefore);
  });

  test('is not done when the answer to "are you sure" is no', async () => {
    const done = await stage.service.command(['withdraw', reference.link.id], { input: 'n\n' });
    assert.equal(done.code, 1);
    assert.match(done.stderr, /Nothing was withdrawn/);
    assert.equal((await stage.service.told(reference.link.id)).status, 'issued');
  });

  test('puts one signed entry into the log that the endpoint tells everyone', async () => {
    const done = await stage.service.command(['withdraw', reference.link.id, '--yes']);
    assert.equal(done.code, 0, done.stderr);
    const told = await until('the endpoint tells of the withdrawal', async () => {
      const answer = await stage.service.told(reference.link.id);
      return answer.status === 'withdrawn' && answer;
    });
    const act = payloadOf(told.withdrawn.entry);
    assert.equal(act.act, 'withdrawn');
    assert.equal(act.ref, payloadOf(told.entry).ref);
    assert.equal(told.size, sizeBefore + 1);
  });

  test('makes the page say that it is genuine but no longer valid', async (t) => {
    const page = await newPage(await startBrowser(t));
    const { verdict } = await openLink(page, reference.link.text);
    assert.equal(verdict, 'genuine-no-longer-valid');
    assert.match(await page.locator('#verdict').innerText(), /no longer valid/i);
  });

  test('makes the page say so even without scripts', async (t) => {
    const page = await newPage(await startBrowser(t), { scripts: false });
    await page.goto(`${reference.link.base}/v/${reference.link.id}`);
    assert.match(await page.locator('#verdict').innerText(), /No longer valid/);
  });

  test('makes `refledger verify` end with 4, by link and by file', async () => {
    for (const subject of [reference.link.text, reference.pdf]) {
      // The proof file from the day of issuing cannot know; the service does.
      const done = await verify(subject, '--proof', reference.proof);
      assert.equal(done.code, 4, done.stdout + done.stderr);
      assert.match(done.stdout, /genuine but no longer valid/);
    }
  });

  test('can be repeated and changes nothing then', async () => {
    const done = await stage.service.command(['withdraw', reference.link.id, '--yes']);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(await stage.service.treeSize(), sizeBefore + 1);
  });

  test('does not touch other references, nor lead to a new one', async () => {
    await syncsLater(stage.child, 3);
    assert.equal((await stage.service.told(other.link.id)).status, 'issued');
    assert.equal((await verify(other.link.text)).code, 0);
    assert.equal(await stage.service.treeSize(), sizeBefore + 1);
    assert.equal((await stage.mailServer.received()).length, 2);
  });

  test('outlives a restart', async () => {
    assert.equal(await stage.child.stop(), 0);
    stage.child = await stage.service.start();
    assert.equal((await stage.service.told(reference.link.id)).status, 'withdrawn');
    assert.equal((await verify(reference.link.text)).code, 4);
  });
});
