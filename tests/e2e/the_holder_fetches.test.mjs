// A message that came back, a sheet of paper, and a holder in a browser.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { newPage, startBrowser } from './support/browser.mjs';
import { freePort } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('A holder fetches the reference with a claim code', () => {
  const all = scope();
  let stage;
  let site;
  let browser;
  let first;
  let ticket;
  const asked = async (...words) => {
    const done = await stage.service.command([...words, '--json']);
    assert.equal(done.code, 0, done.stderr + done.stdout);
    return JSON.parse(done.stdout);
  };
  const theCase = async () => (await stage.service.leavers()).at(-1);

  before(async () => {
    const port = await freePort();
    site = `http://127.0.0.1:${port}`;
    stage = await setStage(all, { more: `desk.web = 127.0.0.1:${port}\nmail.bounce_days = 3\n` });
    browser = await startBrowser(all);
    first = await stage.issueTo();
  });

  test('the message comes back, and HR makes a code', async () => {
    const { case: id } = await theCase();
    await asked('bounced', id);
    ticket = await asked('claim', id);
    assert.match(ticket.pin, /^[0-9]{6}$/);
    assert.equal(ticket.code.split(' ').length, 7);
  });

  test('a mistyped code and a wrong PIN open nothing', async () => {
    const page = await newPage(browser);
    await page.goto(`${site}/holder`);
    const wrong = ticket.pin === '000000' ? '000001' : '000000';
    const mistyped = (ticket.code[0] === 'Z' ? 'X' : 'Z') + ticket.code.slice(1);
    for (const [code, pin, said] of [[mistyped, ticket.pin, /typing error/i],
      [ticket.code, wrong, /does not belong/i]]) {
      await page.fill('#code', code);
      await page.fill('#pin', pin);
      await page.click('main button.primary');
      await page.waitForSelector('#wrong');
      assert.match(await page.innerText('#wrong'), said);
    }
    const away = await fetch(`${site}/holder/files/reference.pdf`, { redirect: 'manual' });
    assert.equal(away.status, 303);
  });

  test('the right ones give the document as it was issued, and it verifies', async () => {
    const page = await newPage(browser);
    await page.goto(`${site}/holder`);
    await page.fill('#code', ticket.code.toLowerCase().replaceAll(' ', ''));
    await page.fill('#pin', ticket.pin);
    await page.click('main button.primary');
    await page.waitForURL(`${site}/holder/files`);
    const saved = {};
    for (const name of ['reference.refproof', 'reference.sd-jwt', 'reference.pdf']) {
      const [download] = await Promise.all([page.waitForEvent('download'),
        page.click(`a[href="/holder/files/${name}"]`)]);
      saved[name] = join(stage.folder, `fetched-${name}`);
      await download.saveAs(saved[name]);
    }
    const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
    assert.equal(hash(await readFile(saved['reference.pdf'])), hash(await readFile(first.pdf)));
    assert.match(await readFile(saved['reference.sd-jwt'], 'utf8'), /^[\w.-]+(~[\w-]+)+~$/);
    const done = await verify(saved['reference.pdf'], '--offline', '--proof',
      saved['reference.refproof'], '--trust', join(stage.service.data, 'trust.txt'));
    assert.notEqual(done.code, 1, done.stdout + done.stderr);
    assert.equal((await theCase()).stage, 'delivered');
  });

  test('a correction that the holder asks for is a task of HR', async () => {
    const page = await newPage(browser);
    await page.goto(`${site}/holder`);
    await page.fill('#code', ticket.code);
    await page.fill('#pin', ticket.pin);
    await page.click('main button.primary');
    await page.click('button[value="correction"]');
    await page.waitForSelector('.flash');
    await asked('done', (await theCase()).case);
  });

  test('HR replaces the reference, and the old one is withdrawn at once where it is urgent',
    async () => {
      const old = await theCase();
      const fresh = await asked('correct', old.case, '--urgent');
      assert.notEqual(fresh.case, old.case);
      await asked('release', fresh.case);
      await until('the old one is withdrawn', async () => {
        const cases = await stage.service.leavers();
        const replaced = cases.find((one) => one.case === old.case);
        return replaced?.stage === 'withdrawn';
      });
      const done = await verify(first.pdf);
      assert.equal(done.code, 4, done.stdout);
    });

  test('everything about the person is written out, then erased', async () => {
    const cases = await stage.service.leavers();
    for (const { case: id } of cases) {
      const out = await stage.service.command(['export', id]);
      assert.equal(out.code, 0, out.stderr);
      assert.match(out.stdout, /"family_name"/);
      await asked('erase', id, '--yes');
    }
    assert.deepEqual(await stage.service.leavers(), []);
    await asked('sync');
    assert.deepEqual(await stage.service.leavers(), [], 'and no reading opens it anew');
  });
});
