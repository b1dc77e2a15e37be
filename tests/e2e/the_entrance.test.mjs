// The ways in without a scanner, and without scripts.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { colourOf, dropFiles, newPage, startBrowser, untilInPage, verdictOf }
  from './support/browser.mjs';
import { checkSymbol } from './support/link.mjs';
import { changeOneLetter, flipBit, readText } from './support/pdf.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

const pdfFile = (name, content) => ({ name, type: 'application/pdf', content });
const typed = (half) => (half + checkSymbol(half)).replace(/(....)(?=.)/g, '$1 ');

describe('The entrance', () => {
  const all = scope();
  let stage;
  let reference;
  let browser;
  const entrance = async (options) => {
    const page = await newPage(browser, options);
    await page.goto(`${stage.service.publicUrl}/`);
    return page;
  };
  const typeCode = async (page, first, second = '') => {
    await page.locator('#code-first').fill(first);
    await page.locator('#code-second').fill(second);
    await page.locator('#code button[type=submit]').click();
  };
  // Typed with both rows, the record opens at once or after a press of the button.
  const pressOpen = async (page) => {
    await untilInPage(page, 'a verdict or the button',
      () => Boolean(document.querySelector('[data-verdict]')?.dataset.verdict ||
        document.querySelector('#open:not([hidden])')));
    const button = page.locator('#open:not([hidden]) #open-button');
    if (await button.count()) await button.click();
  };
  before(async () => {
    stage = await setStage(all);
    reference = await stage.issueTo();
    browser = await startBrowser(all);
  });

  test('without scripts a reference shows issuer and status, and is neither genuine nor green', async () => {
    const page = await newPage(browser, { scripts: false });
    await page.goto(`${reference.link.base}/v/${reference.link.id}`);
    const shown = await page.locator('body').innerText();
    assert.match(shown, /Seewald Instrumente AG/);
    assert.match(shown, /issued, not withdrawn/);
    assert.match(shown, /says nothing about the paper in your hand/);
    assert.doesNotMatch(shown, /genuine and valid/i);
    assert.doesNotMatch(shown, /Nägeli|Feinmechanikerin/);
    assert.equal(await page.locator('[data-verdict="genuine-and-valid"]').count(), 0);
    for (const property of ['color', 'backgroundColor', 'borderTopColor']) {
      const [red, green, blue] = await colourOf(page, '#verdict', property);
      assert.ok(green <= red + 20 || green <= blue + 10, `${property} is green`);
    }
  });

  test('without scripts a number that does not exist is unknown', async () => {
    const page = await newPage(browser, { scripts: false });
    const answer = await page.goto(`${reference.link.base}/v/${'0'.repeat(26)}`);
    assert.equal(answer.status(), 404);
    assert.match(await page.locator('#verdict').innerText(), /Unknown/);
  });

  test('the code is printed beside the QR code', async () => {
    const text = await readText(reference.pdf);
    assert.ok(text.includes(typed(reference.link.id)), text);
    assert.ok(text.includes(typed(reference.link.secret)), text);
  });

  test('the first row of the code gives issuer and status', async () => {
    const page = await entrance();
    await typeCode(page, typed(reference.link.id));
    await page.locator('#verdict', { hasText: 'A document with this number exists' }).waitFor();
    const shown = await page.locator('#verdict').innerText();
    assert.match(shown, /Seewald Instrumente AG/);
    assert.match(shown, /says nothing about the paper in your hand/);
    assert.doesNotMatch(shown, /genuine and valid/i);
    assert.equal(await page.locator('[data-verdict="genuine-and-valid"]').count(), 0);
    assert.deepEqual(page.seen.errors, []);
  });

  test('both rows, typed the way people type, give everything', async () => {
    const page = await entrance();
    const sloppy = (half) => typed(half).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    await typeCode(page, sloppy(reference.link.id), sloppy(reference.link.secret));
    await pressOpen(page);
    const { verdict } = await verdictOf(page);
    assert.equal(verdict, 'genuine-and-valid');
    assert.match(await page.locator('main').innerText(), /Nägeli/);
    const told = page.seen.requests.some((url) => url.split('#')[0].includes(reference.link.secret));
    assert.equal(told, false, 'the secret was sent');
  });

  test('a typing error is named as one, in the row that has it', async () => {
    const wrong = (half) => {
      const code = typed(half);
      return (code[0] === '7' ? '8' : '7') + code.slice(1);
    };
    const page = await entrance();
    await typeCode(page, wrong(reference.link.id));
    await page.locator('#code-error', { hasText: 'First row: there is a typing error' }).waitFor();
    await typeCode(page, typed(reference.link.id), wrong(reference.link.secret));
    await page.locator('#code-error', { hasText: 'Second row: there is a typing error' }).waitFor();
    await typeCode(page, typed(reference.link.id).slice(2));
    await page.locator('#code-error', { hasText: 'characters are missing' }).waitFor();
  });

  test('two rows that each hold but do not belong together are not this document', async () => {
    const page = await entrance();
    await typeCode(page, typed(reference.link.id), typed('0'.repeat(26)));
    await pressOpen(page);
    assert.deepEqual(await verdictOf(page), { verdict: 'not-this-document', failed: 'ciphertext' });
  });

  test('the PDF dropped on the page is genuine and valid', async () => {
    const page = await entrance();
    await dropFiles(page, [pdfFile('reference.pdf', await readFile(reference.pdf))]);
    assert.equal((await verdictOf(page)).verdict, 'genuine-and-valid');
    const shown = await page.locator('main').innerText();
    assert.match(shown, /byte for byte/);
    assert.match(shown, /Nägeli/);
    assert.deepEqual(page.seen.errors, []);
  });

  test('the PDF chosen as a file is genuine and valid', async () => {
    const page = await entrance();
    await page.locator('#file').setInputFiles(reference.pdf);
    assert.equal((await verdictOf(page)).verdict, 'genuine-and-valid');
  });

  const altered = {
    'one letter of the page changed': (file) => changeOneLetter(file, 'Feinmechanikerin',
      stage.folder),
    'one bit in its middle turned': async (file) => flipBit(await readFile(file), 0.5),
    // Where the signature lies it does not cover the file; the hash in the log does.
    'a digit of the signature\'s padding changed': async (file) => {
      const content = await readFile(file);
      const padding = content.indexOf('0'.repeat(64), content.indexOf('/Contents'));
      content[padding + 40] = '1'.charCodeAt(0);
      return content;
    },
    'one byte added at its end': async (file) => Buffer.concat([await readFile(file), Buffer.from('\n')]),
    'its last byte cut off': async (file) => (await readFile(file)).subarray(0, -1),
  };
  for (const [what, alter] of Object.entries(altered)) {
    test(`a PDF with ${what} is refused by the page and on the command line`, async () => {
      const content = await alter(reference.pdf);
      const page = await entrance();
      await dropFiles(page, [pdfFile('reference.pdf', content)]);
      const { verdict } = await verdictOf(page);
      assert.ok(['not-this-document', 'unknown'].includes(verdict), verdict);
      assert.doesNotMatch(await page.locator('#verdict').innerText(), /genuine and valid/i);

      const path = join(stage.folder, 'altered.pdf');
      await writeFile(path, content);
      for (const options of [[], ['--proof', reference.proof],
        ['--offline', '--proof', reference.proof, '--trust', join(stage.service.data, 'trust.txt')]]) {
        const done = await verify(path, ...options);
        assert.equal(done.code, 1, `${options[0] ?? 'online'}: ${done.stdout}${done.stderr}`);
      }
    });
  }

  test('a file that is no PDF is refused in plain words', async () => {
    const page = await entrance();
    await dropFiles(page, [pdfFile('holiday.pdf', Buffer.from('dear diary'))]);
    const { verdict } = await verdictOf(page);
    assert.ok(['not-this-document', 'unknown'].includes(verdict), verdict);
    assert.match(await page.locator('#verdict').innerText(), /not a PDF|not recorded here/);
  });

  test('the saved page checks PDF and proof file without the service', async () => {
    const html = await (await fetch(`${stage.service.publicUrl}/verifier.html`)).text();
    const saved = join(stage.folder, 'refledger-verifier.html');
    await writeFile(saved, html);
    const page = await newPage(browser);
    await page.context().setOffline(true);
    await page.goto(`file://${saved}`);
    await page.locator('#file').setInputFiles([reference.pdf, reference.proof]);
    assert.equal((await verdictOf(page)).verdict, 'genuine-and-valid');
    assert.deepEqual(page.seen.errors, []);
    assert.deepEqual(page.seen.requests.filter((url) => url.startsWith('http')), []);
  });
});
