// From an empty folder to a connected HR system, in a browser: set up, connect, settings, accounts,
// audit log. On every page: nothing serious for axe, nothing beyond the window, no secret anywhere.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { bringAxe, overflow, seriousFindings } from './support/axe.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { findIn, formsOfText, searchFolder } from './support/canary.mjs';
import { Child, run } from './support/children.mjs';
import { MailServer } from './support/mail.mjs';
import { freePort, program, rules, temporaryFolder } from './support/place.mjs';
import { Sandbox, credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { until } from './support/until.mjs';

const password = 'canary-password a whole sentence 4711';
const wrongSecret = 'canary-wrong-secret-8822';
const hostile = '"><svg onload=alert(1)>';
const shots = process.env.REFLEDGER_SHOTS;

const decodeBase32 = (text) => {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)
    .toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
};
const totp = (secret, time = Date.now()) => {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(time / 30000)));
  const mac = createHmac('sha1', decodeBase32(secret)).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
};

describe('HR sets up an installation in the browser', () => {
  const all = scope();
  const bodies = [];
  let folder; let base; let child; let browser; let page; let mail;

  /// Looks at the page as it is: wide and narrow, for axe and for the eye.
  const look = async (name) => {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await seriousFindings(page), [], `${name} at ${width}`);
      assert.ok(await overflow(page) <= 0, `${name} reaches beyond ${width} px`);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
    }
  };
  const visit = async (path, name) => {
    await page.goto(base + path);
    await look(name);
  };
  // Pressing a button sends its form; the next page is there when this returns.
  const press = (label) => Promise.all([page.waitForNavigation(),
    page.locator('main').getByRole('button', { name: label, exact: true }).first().click()]);
  const said = () => page.locator('.flash').allTextContents();

  before(async () => {
    folder = await temporaryFolder(all);
    if (shots) await mkdir(shots, { recursive: true });
    const sandbox = await Sandbox.start(all, { people: 3 });
    mail = await MailServer.start(all, join(folder, 'mails'));
    const [web, publicPort, privatePort] = [await freePort(), await freePort(), await freePort()];
    base = `http://127.0.0.1:${web}`;
    const config = join(folder, 'refledger.conf');
    await writeFile(config, `data = data
master.key_file = master.key
desk.web = 127.0.0.1:${web}
public.listen = 127.0.0.1:${publicPort}
private.listen = 127.0.0.1:${privatePort}
sync.interval_seconds = 2
source.address.personio = http://127.0.0.1:${sandbox.port}/v1
rules = ${rules}
`);
    child = new Child(program('refledger'), ['serve', '--config', config]);
    all.after(() => child.kill());
    browser = await startBrowser(all);
    page = await newPage(browser, { locale: 'de-CH' });
    await bringAxe(page);
    page.on('response', async (response) => {
      bodies.push([response.url(), await response.body().catch(() => Buffer.alloc(0))]);
    });
  });

  test('the first start asks for company, address and administrator, and for nothing twice', async () => {
    const link = await until('serve prints the link', () => /http:\S+\/setup\/\S+/.exec(child.stdout)?.[0]);
    await page.goto(link);
    await look('setup');
    await page.fill('#company', 'Seewald Instrumente AG');
    await page.fill('#website', 'https://www.seewald-instrumente.example');
    await page.fill('#address', 'Seestrasse 12\n8400 Winterthur');
    await page.fill('#place', 'Winterthur');
    await page.fill('#name', 'Anna Meier');
    await page.fill('#mail', 'anna@seewald-instrumente.example');
    await page.fill('#password', password);
    await page.fill('#again', `${password} not`);
    await press('Einrichten');
    assert.match(await page.locator('.error').first().textContent(), /nicht gleich/);
    assert.equal(await page.inputValue('#company'), 'Seewald Instrumente AG');
    await page.fill('#password', password);
    await page.fill('#again', password);
    await press('Einrichten');
    assert.equal(page.url(), `${base}/start`);
    await look('start');
    assert.match(await page.locator('.company').textContent(), /Seewald/);
    assert.equal((await page.goto(link)).status(), 404, 'the link works once');
  });

  test('an HR system counts as connected only once the test has passed', async () => {
    await visit('/admin/integrationen', 'connections');
    assert.equal((await page.goto(`${base}/admin/integrations`)).status(), 200);
    await visit('/admin/integrationen/new/personio', 'connection-new');
    await page.fill('#client_id', credentials.client_id);
    await page.fill('#client_secret', wrongSecret);
    await press('Speichern und testen');
    assert.match((await said()).join(), /nicht bestanden/);
    await look('connection-refused');
    assert.match(await page.locator('h1').textContent(), /noch nicht aktiv/);
    assert.equal(await page.inputValue('#client_secret'), '');
    await page.fill('#client_id', credentials.client_id);
    await page.fill('#client_secret', credentials.client_secret);
    await press('Speichern und testen');
    assert.match((await said()).join(), /Zugangsdaten gelten/);
    await press('Verbindung testen');
    assert.match((await said()).join(), /bestanden/);
    assert.match(await page.locator('h1').textContent(), /verbunden/);
    await until('a reading is listed', async () => {
      await page.reload();
      return await page.locator('td[data-label="Personen"]').count() > 0;
    });
    await look('connection');
    await visit('/admin/integrationen/personio/fields', 'connection-fields');
    await page.selectOption('#f-private_email', 'dynamic_101');
    await press('Speichern');
    assert.match((await said()).join(), /[Gg]espeichert/);
    assert.equal(await page.inputValue('#f-private_email'), 'dynamic_101');
    await visit('/admin/integrationen/new/bexio', 'connection-bexio');
    await visit('/admin/integrationen/personio/remove', 'connection-remove');
  });

  test('what HR sets counts, says where it comes from, and a mail arrives', async () => {
    await visit('/settings/mail', 'settings-mail');
    await page.fill('[id="mail.smtp.host"]', '127.0.0.1');
    await page.fill('[id="mail.smtp.port"]', String(mail.port));
    await page.selectOption('[id="mail.smtp.security"]', 'none-loopback-only');
    await press('Speichern');
    assert.match((await said()).join(), /[Gg]espeichert/);
    await page.goto(`${base}/start`);
    assert.equal(await page.getByRole('link', { name: /Ansehen.*Mailserver/ }).count(), 1);
    await page.goto(`${base}/settings/mail`);
    await press('Testmail senden');
    assert.match((await said()).join(), /angenommen/);
    await mail.mailTo('anna@seewald-instrumente.example', 10);
    await visit('/settings/signatories', 'settings-signatories');
    await page.fill('[id="issuer.signatory"]', hostile);
    await press('Speichern');
    assert.equal(await page.inputValue('[id="issuer.signatory"]'), hostile);
    assert.match(await page.locator('.from').first().textContent(), /hier gesetzt/);
    const stale = await page.inputValue('input[name=version]');
    await page.goto(`${base}/settings/languages`);
    await page.evaluate((value) => { document.querySelector('input[name=version]').value = `${value}x`; }, stale);
    await page.fill('[id="issuer.time_zone"]', 'Europe/Berlin');
    await press('Speichern');
    assert.match(await page.locator('h1').textContent(), /jemand etwas geändert/);
    await page.goto(`${base}/settings/languages`);
    await page.fill('[id="issuer.time_zone"]', '');
    await page.selectOption('[id="desk.language"]', '');
    await press('Speichern');
    await page.goto(`${base}/settings/cases`);
    await page.check('input[value="CH.full_final"]');
    await page.fill('[id="cases.interim_days"]', '10');
    await press('Speichern');
    assert.ok(await page.isChecked('input[value="CH.full_final"]'));
    assert.ok(!await page.isChecked('input[value="all"]'));
    assert.equal(await page.inputValue('[id="cases.interim_days"]'), '10');
    assert.equal(await page.locator('nav.side a[aria-current]').innerText(), 'Einstellungen');
    await page.goto(`${base}/settings/notices`);
    await page.fill('[id="hr.mail"]', 'hr-team@seewald-instrumente.example');
    await page.selectOption('[id="notices.leaver"]', 'at-once');
    await press('Speichern');
    assert.equal(await page.inputValue('[id="notices.leaver"]'), 'at-once');
    for (const form of ['notices', 'cases', 'company', 'languages', 'automatic', 'rules', 'keys']) {
      await visit(`/settings/${form}`, `settings-${form}`);
    }
  });

  test('a colleague is invited, uses a second factor, and can do what the role says', async () => {
    await visit('/accounts', 'accounts');
    await page.fill('#mail', 'bea@seewald-instrumente.example');
    await page.check('input[value=auditor]');
    await press('Einladungslink erstellen');
    await look('invitation-link');
    const link = await page.locator('#link').textContent();
    const bea = await newPage(browser, { locale: 'it-CH' });
    await bea.goto(link);
    await bea.fill('#name', hostile);
    await bea.fill('#password', `${password} b`);
    await bea.fill('#again', `${password} b`);
    await bea.locator('main button').click();
    const signIn = async (code) => {
      await bea.goto(`${base}/sign-in`);
      await bea.fill('#mail', 'bea@seewald-instrumente.example');
      await bea.fill('#password', `${password} b`);
      await bea.locator('main button').click();
      if (!code) return;
      await bea.fill('#code', code);
      await bea.locator('main button').click();
    };
    await signIn();
    await bea.goto(`${base}/profile/two-factor`);
    const secret = (await bea.locator('main p.code').textContent()).replaceAll(' ', '');
    await bea.fill('#code', totp(secret));
    await bea.locator('main form button').click();
    const codes = await bea.locator('.codes li').allTextContents();
    assert.equal(codes.length, 10);
    await bea.locator('.account summary').click();
    await bea.locator('.sheet button').click();
    await signIn(codes[0]);
    assert.equal((await bea.goto(`${base}/audit`)).status(), 200);
    assert.equal((await bea.goto(`${base}/accounts`)).status(), 403);
    assert.equal((await bea.goto(`${base}/settings/mail`)).status(), 403);
    assert.deepEqual(bea.seen.errors.filter((each) => !/403/.test(each)), []);
  });

  test('names stay text, one\'s own account and the audit log show what happened', async () => {
    page.on('dialog', () => assert.fail('a script of a name ran'));
    await visit('/accounts', 'accounts-with-names');
    assert.ok((await page.locator('main').textContent()).includes(hostile));
    await page.locator('main a.button').first().click();
    await look('account-edit');
    await visit('/profile', 'profile');
    await visit('/profile/two-factor', 'two-factor');
    await visit('/audit', 'audit');
    const log = await page.locator('main').textContent();
    for (const act of ['Verbindung angelegt', 'Einstellungen geändert', 'eingeladen']) {
      assert.ok(log.includes(act), act);
    }
    await visit('/nothing/here', 'error');
    const checked = await run(program('refledger'), ['audit', '--config', join(folder, 'refledger.conf')]);
    assert.equal(checked.code, 0, checked.stderr);
  });

  test('no secret is in any answer, file or log', async () => {
    const needles = [password, wrongSecret, credentials.client_secret]
      .map((text) => [text, formsOfText(text)]);
    assert.ok(bodies.length > 50, 'answers were seen');
    const found = bodies.flatMap(([url, body]) => findIn(url, body, needles));
    assert.deepEqual(found, []);
    const kept = await searchFolder(join(folder, 'data'), needles);
    assert.deepEqual(kept.found, []);
    assert.deepEqual(findIn('the journal', Buffer.from(child.stderr + child.stdout), needles), []);
    assert.deepEqual(page.seen.errors.filter((each) => !/40[0-9]/.test(each)), []);
    const foreign = page.seen.requests.filter((url) => !url.startsWith(base));
    assert.deepEqual(foreign, []);
  });
});
