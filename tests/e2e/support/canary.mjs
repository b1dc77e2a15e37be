// Looking for things that must not be where they are.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

async function* filesUnder(path) {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const whole = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(whole);
    else if (entry.isFile()) yield whole;
  }
}

/// The forms in which `bytes` could have been written down.
export const formsOf = (bytes) => [
  bytes,
  Buffer.from(bytes.toString('hex')),
  Buffer.from(bytes.toString('hex').toUpperCase()),
  Buffer.from(bytes.toString('base64').replace(/=+$/, '')),
  Buffer.from(bytes.toString('base64url')),
];

/// The same for text, also as JSON and in a URL.
export const formsOfText = (text) => [
  ...formsOf(Buffer.from(text)),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(JSON.stringify(text).slice(1, -1)),
  Buffer.from(text, 'utf16le'),
];

/// `needles` is a list of [name, forms]; gives "name in where" for each that `content` holds.
export const findIn = (where, content, needles) => needles
  .filter(([, forms]) => forms.some((form) => content.includes(form)))
  .map(([name]) => `${name} in ${where}`);

/// The same for every file of a folder; also tells how many files it looked at.
export async function searchFolder(folder, needles) {
  const found = [];
  let files = 0;
  for await (const path of filesUnder(folder)) {
    files += 1;
    found.push(...findIn(path, await readFile(path), needles));
    found.push(...findIn(`the name of ${path}`, Buffer.from(path), needles));
  }
  return { found, files };
}
