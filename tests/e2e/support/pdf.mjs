// A PDF as other people's programs see it: Poppler, ZBar, qpdf.
import { writeFile } from 'node:fs/promises';

import { mustRun, run } from './children.mjs';

/// What the QR code on the page holds, read from its picture.
export async function readQr(pdf) {
  const picture = await mustRun('pdftoppm', ['-r', '200', '-gray', '-f', '1', '-l', '1', pdf]);
  const scan = await mustRun('zbarimg',
    ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', '-'], { input: picture.bytes });
  return scan.stdout.replace(/\n$/, '');
}

export const readText = async (pdf) => (await mustRun('pdftotext', ['-layout', pdf, '-'])).stdout;

/// Text without regard to line ends and spacing.
export const words = (text) => text.replace(/\s+/g, ' ').trim();

/// pdfsig's opinion, with `root` as the only authority it trusts.
export async function readSignature(pdf, root, folder) {
  const database = `sql:${folder}`;
  await mustRun('mkdir', ['-p', folder]);
  await mustRun('certutil', ['-N', '-d', database, '--empty-password']);
  await mustRun('certutil',
    ['-A', '-n', 'root', '-t', 'CT,C,C', '-a', '-i', root, '-d', database]);
  return (await run('pdfsig', ['-nssdir', database, pdf])).stdout;
}

export const checkStructure = (pdf) => run('qpdf', ['--check', pdf]);

export function flipBit(content, where) {
  const copy = Buffer.from(content);
  copy[Math.floor((copy.length - 1) * where)] ^= 1;
  return copy;
}

// The places of the character codes (four hexadecimal digits each) of one TJ array.
const codesOf = (array, start) => [...array.matchAll(/<([0-9a-f]+)>/gi)].flatMap((text) =>
  [...text[1].matchAll(/.{4}/g)].map((code) =>
    ({ code: code[0], at: start + text.index + 1 + code.index })));

/// The PDF with the last letter of `word` made its fifth, as a forger would: unpacked, the page's
/// text changed, nothing else touched.  Poppler must then read the other word.
export async function changeOneLetter(pdf, word, folder) {
  const plain = (await mustRun('qpdf', ['--qdf', '--object-streams=disable', pdf, '-'])).bytes
    .toString('latin1');
  const path = `${folder}/one-letter.pdf`;
  for (const array of plain.matchAll(/\[([^\]]*)\]\s*TJ/g)) {
    const codes = codesOf(array[0], array.index);
    for (let first = 0; first + word.length <= codes.length; ++first) {
      const part = codes.slice(first, first + word.length);
      // The same letters in the same places: surely the word, whatever its characters' codes.
      const isWord = part.every(({ code }, at) =>
        part.every((other, then) => (code === other.code) === (word[at] === word[then])));
      if (!isWord) continue;
      const { at } = part.at(-1);
      const changed = Buffer.from(plain.slice(0, at) + part[4].code + plain.slice(at + 4), 'latin1');
      await writeFile(path, changed);
      const text = await readText(path);
      if (!text.includes(word.slice(0, -1) + word[4])) throw new Error('the letter is as before');
      return changed;
    }
  }
  throw new Error(`${word} is not in the page's text`);
}
