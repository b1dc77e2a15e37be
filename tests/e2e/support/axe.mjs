// What axe-core finds on a page, and how wide the page is.
import { createRequire } from 'node:module';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/// Call it before the first page is opened: the page's own policy would refuse it later.
export const bringAxe = (page) => page.addInitScript({ path: script });

/// "rule: element" for everything serious or critical.
export async function seriousFindings(page) {
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/// How far the page reaches beyond its window, in pixels.
export const overflow = (page) => page.evaluate(
  () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
