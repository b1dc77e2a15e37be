// From an empty folder to a delivered full reference, by one person in a browser, counted: how many
// clicks, how many fields typed. docs/first-reference.md tells the same way; the goal is its.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { newPage, startBrowser } from './support/browser.mjs';
import { Child } from './support/children.mjs';
import { MailServer, saveAttachments } from './support/mail.mjs';
import { readQr } from './support/pdf.mjs';
import { freePort, program, rules, temporaryFolder } from './support/place.mjs';
import { Sandbox, credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { until } from './support/until.mjs';

const clickGoal = 40;
const tomorrow = new Date(Date.now() + 86400e3).toISOString().slice(0, 10);

describe('From an empty installation to the first reference', () => {
  const all = scope();
  const counted = { clicks: 0, fields: 0 };
  let folder; let child; let page; let mail; let sandbox; let base;

  /// A click that opens the next page.
  const go = async (locator) => {
    counted.clicks += 1;
    await Promise.all([page.waitForNavigation(), locator.click()]);
  };
  /// A click that stays on the page.
  const tick = async (locator) => {
    counted.clicks += 1;
    await locator.click();
  };
  const choose = async (selector, value) => {
    counted.clicks += 2;  // open, choose
    await page.selectOption(selector, value);
  };
  const type = async (fields) => {
    for (const [selector, text] of Object.entries(fields)) {
      counted.fields += 1;
      await page.fill(selector, text);
    }
  };
  const button = (name) => page.locator('main').getByRole('button', { name, exact: true }).first();
  const link = (name) => page.getByRole('link', { name }).first();
  const next = () => go(page.locator('button[name=go][value=next]'));

  before(async () => {
    folder = await temporaryFolder(all);
    sandbox = await Sandbox.start(all, { people: 1 });
    const person = await sandbox.hire({ first_name: 'Ada', last_name: 'Nägeli' });
    await sandbox.terminate(person.id, tomorrow);
    mail = await MailServer.start(all, join(folder, 'mails'));
    const [web, publicPort, privatePort] = [await freePort(), await freePort(), await freePort()];
    base = `http://127.0.0.1:${web}`;
    await writeFile(join(folder, 'refledger.conf'), `data = data
master.key_file = master.key
desk.web = 127.0.0.1:${web}
public.listen = 127.0.0.1:${publicPort}
private.listen = 127.0.0.1:${privatePort}
source.address.personio = http://127.0.0.1:${sandbox.port}/v1
rules = ${rules}
`);
    child = new Child(program('refledger'), ['serve', '--config', join(folder, 'refledger.conf')]);
    all.after(() => child.kill());
    page = await newPage(await startBrowser(all), { locale: 'de-CH' });
  });

  test('set up: company, address, account', async () => {
    const start = await until('serve prints the link', () => /http:\S+\/setup\/\S+/.exec(child.stdout)?.[0]);
    await page.goto(start);
    await type({
      '#company': 'Seewald Instrumente AG', '#website': 'https://www.seewald-instrumente.example',
      '#address': 'Seestrasse 12\n8400 Winterthur', '#place': 'Winterthur', '#name': 'Anna Meier',
      '#mail': 'anna@seewald-instrumente.example', '#password': 'a sentence that nobody guesses',
      '#again': 'a sentence that nobody guesses',
    });
    await go(button('Einrichten'));
    assert.equal(page.url(), `${base}/start`);
  });

  test('connect Personio', async () => {
    await go(link(/Erledigen.*Personalsystem/));
    await go(link(/Verbinden.*Personio/));
    await type({ '#client_id': credentials.client_id, '#client_secret': credentials.client_secret });
    await go(button('Speichern und testen'));
    assert.match(await page.locator('h1').textContent(), /verbunden/);
  });

  test('name the mail server', async () => {
    await go(link('Startliste'));
    await go(link(/Erledigen.*Mailserver/));
    await type({ '[id="mail.smtp.host"]': '127.0.0.1', '[id="mail.smtp.port"]': String(mail.port) });
    await choose('[id="mail.smtp.security"]', 'none-loopback-only');
    await go(button('Speichern'));
  });

  test('write the reference of somebody who leaves', async () => {
    await go(link('Austritte'));
    await until('the leaver is listed', async () => {
      await page.reload();
      return page.locator('.person a').count();
    });
    await go(link('Ada Nägeli'));
    await go(link('Zeugnis schreiben'));
    await Promise.all([page.waitForNavigation(), choose('#country', 'CH')]);
    await choose('#language', 'de');
    await tick(page.locator('label:has(input[name=type][value=full_final])'));
    await type({ '#to': 'ada.naegeli@post.example' });
    await next();
    await next();
    await type({ '#functions-1-tasks': 'Fertigung von Präzisionsteilen\nPrüfung nach Zeichnung' });
    await next();
    for (const criterion of ['expertise', 'quality', 'quantity', 'conduct_managers',
      'conduct_colleagues', 'conduct_clients']) {
      await tick(page.locator(`label[for="ratings-${criterion}-grade-2"]`));
    }
    await next();
    await next();
    await next();
    for (const box of await page.locator('input[name^="overrides."][name$=".reason"]').all()) {
      counted.fields += 1;
      await box.fill('Die Person wünscht es so');
    }
    await next();
  });

  test('issue it; it arrives and is genuine', async () => {
    await go(link('Ohne zweite Person ausstellen'));
    await tick(page.locator('label:has(input[name=sure])'));
    await go(button('Endgültig ausstellen'));
    assert.match(await page.locator('.flash').innerText(), /Ausgestellt/);
    const kept = await mail.mailTo('ada.naegeli@post.example');
    const { pdf } = await saveAttachments(kept.raw, folder, 'first');
    const done = await verify(await readQr(pdf));
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.match(done.stdout, /Fertigung von Präzisionsteilen/);
  });

  test(`in fewer than ${clickGoal} clicks`, (t) => {
    t.diagnostic(`${counted.clicks} clicks, ${counted.fields} fields`);
    assert.ok(counted.clicks < clickGoal, `${counted.clicks} clicks`);
    assert.deepEqual(page.seen.errors, []);
  });
});
