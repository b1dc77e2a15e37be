// From a leaver in the HR system to a reference that a stranger has checked.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { colourOf, desktop, newPage, openLink, phone, startBrowser } from './support/browser.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

const inWords = (day) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
const isGreen = ([red, green, blue]) => green > red + 20 && green > blue + 10;

describe('A leaver gets a reference that anyone who holds it can check', () => {
  const all = scope();
  let stage;
  let reference;
  let browser;
  before(async () => {
    stage = await setStage(all);
    reference = await stage.issueTo({ first_name: 'Zoë', last_name: 'Ødegård-Müller' });
    browser = await startBrowser(all);
  });

  test('the mail has a PDF and its proof file and says to keep both', () => {
    const { headers, text, attachments } = reference.mail;
    assert.deepEqual(reference.kept.to, ['ada.naegeli@post.example']);
    assert.equal(reference.kept.from, 'hr@seewald-instrumente.example');
    assert.match(headers.get('from'), /hr@seewald-instrumente\.example/);
    assert.deepEqual(attachments.map(({ name }) => name.split('.').at(-1)), ['pdf', 'refproof']);
    assert.match(text, /beide Dateien/);
  });

  test('the QR code holds a link of this service', () => {
    assert.equal(reference.link.base, stage.service.publicUrl);
  });

  for (const [device, viewport] of [['phone', phone], ['desktop', desktop]]) {
    test(`its link says "genuine and valid" on a ${device}`, async () => {
      const page = await newPage(browser, { viewport });
      const { verdict, failed } = await openLink(page, reference.link.text);
      assert.deepEqual({ verdict, failed }, { verdict: 'genuine-and-valid', failed: '' });

      const shown = await page.locator('main').innerText();
      for (const expected of ['Zoë Ødegård-Müller', 'Feinmechanikerin', 'Seewald Instrumente AG',
        '1 March 2019', inWords(reference.person.left)]) {
        assert.ok(shown.includes(expected), `${expected} is not to be seen in:\n${shown}`);
      }
      assert.equal(new URL(page.url()).hash, '', 'the secret is still in the address bar');
      assert.deepEqual(page.seen.errors, []);
      const host = new URL(stage.service.publicUrl).host;
      const elsewhere = page.seen.requests
        .filter((url) => new URL(url).host !== host && !url.startsWith('data:'));
      assert.deepEqual(elsewhere, []);
      const telling = page.seen.requests.slice(1).filter((url) => url.includes(reference.link.secret));
      assert.deepEqual(telling, []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= viewport.width, `the page is ${wide} px wide`);
      assert.ok(isGreen(await colourOf(page, '#verdict h1', 'color')) ||
        isGreen(await colourOf(page, '#verdict', 'backgroundColor')) ||
        isGreen(await colourOf(page, '#verdict', 'borderTopColor')), 'nothing is green');
    });
  }

  test('the page says whose word it took and that no witness has signed', async () => {
    const page = await newPage(browser);
    await openLink(page, reference.link.text);
    const shown = await page.locator('main').innerText();
    assert.match(shown, /not yet witnessed/i);
    assert.match(shown, /the very server that is being checked/);
  });

  test('`refledger verify LINK` agrees', async () => {
    const done = await verify(reference.link.text);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.match(done.stdout, /genuine and valid/);
    assert.match(done.stdout, /Ødegård-Müller/);
  });

  test('the proof file is the one that the endpoint serves', async () => {
    const answer = await fetch(`${reference.link.base}/v/${reference.link.id}/proof`);
    const served = JSON.parse(await answer.text());
    const kept = JSON.parse(await readFile(reference.proof, 'utf8'));
    assert.equal(served.entry, kept.entry);
    assert.equal(served.id, reference.link.id);
    assert.match(answer.headers.get('content-disposition'), new RegExp(`${served.id}\\.refproof`));
  });

  test('`refledger verify FILE --offline` agrees when the service is gone', async () => {
    assert.equal(await stage.child.stop(), 0);
    const trust = join(stage.service.data, 'trust.txt');
    const done = await verify(reference.pdf, '--offline', '--trust', trust, '--json');
    assert.equal(done.code, 0, done.stdout + done.stderr);
    const report = JSON.parse(done.stdout);
    assert.equal(report.verdict, 'genuine and valid');
    assert.equal(report.claims.family_name, 'Ødegård-Müller');
    assert.equal(report.claims.employed_from, '2019-03-01');
    assert.equal(report.claims.employed_to, reference.person.left);
  });
});
