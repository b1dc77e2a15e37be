// Chromium, and what a page in it did.
import { chromium } from 'playwright-core';

import { until } from './until.mjs';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

export async function startBrowser(t) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  t.after(() => browser.close());
  return browser;
}

/// A page of its own with nothing remembered.  page.seen has console errors and requested URLs.
export async function newPage(browser,
  { viewport = desktop, scripts = true, locale = 'en-GB', anyCertificate = false } = {}) {
  const context = await browser.newContext({
    viewport, locale, javaScriptEnabled: scripts, ignoreHTTPSErrors: anyCertificate,
  });
  const page = await context.newPage();
  page.seen = { errors: [], requests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      page.seen.errors.push(message.text());
    }
  });
  page.on('pageerror', (error) => page.seen.errors.push(String(error)));
  page.on('request', (request) => page.seen.requests.push(request.url()));
  return page;
}

/// Waits until `condition` holds inside the page.  (Playwright's own waiting evaluates text in the
/// page, which the page's security policy forbids.)
export const untilInPage = (page, what, condition) => until(what, () => page.evaluate(condition));

/// Waits for the page to come to a verdict; gives it with the layer that failed.
export async function verdictOf(page) {
  await untilInPage(page, 'the page has a verdict',
    () => document.querySelector('[data-verdict]')?.dataset.verdict);
  return page.evaluate(() => {
    const { verdict, failed } = document.querySelector('[data-verdict]').dataset;
    return { verdict, failed };
  });
}

/// Opens a reference's link and presses the button.
export async function openLink(page, link) {
  await page.goto(link);
  await page.locator('#open-button').click();
  return verdictOf(page);
}

/// Drops files on the page, as a mouse would.
export async function dropFiles(page, files) {
  const sent = files.map(({ name, type, content }) =>
    ({ name, type, base64: content.toString('base64') }));
  await page.evaluate((each) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of each) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    const target = document.querySelector('#drop');
    for (const event of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(
        new DragEvent(event, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, sent);
}

/// The colour that a person takes the verdict from, as [red, green, blue].
export const colourOf = (page, selector, property) => page.locator(selector).evaluate(
  (element, name) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = getComputedStyle(element)[name];
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }, property);
