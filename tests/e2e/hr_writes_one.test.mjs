// HR writes references: a test document, one by seal, one signed by hand.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { parseLink } from './support/link.mjs';
import { saveAttachments } from './support/mail.mjs';
import { readQr, readText } from './support/pdf.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const order = (more) => ({
  v: 1, by: 'P. Muster', type: 'full_final', country: 'CH', language: 'fr',
  given_name: 'Chantal', family_name: 'Dupond', salutation: 'female',
  employed_from: '2019-03-01', employed_to: '2026-01-31',
  functions: [{ title: 'responsable de projets', workload: '80 %', from: '2019-03-01',
    tasks: ['conduite de projets du cahier des charges à la série', 'responsabilité des délais'] }],
  ratings: [['expertise', 2], ['quality', 1], ['quantity', 2], ['conduct_managers', 2],
    ['conduct_colleagues', 2], ['conduct_clients', 2]]
    .map(([criterion, grade]) => ({ criterion, grade })),
  thanks: true, wishes: true, ...more,
});
const acknowledged = [{ finding: 'signing_mode_insufficient',
  reason: 'la personne recevra aussi un exemplaire signé à la main' }];

describe('HR writes a reference', () => {
  const all = scope();
  let stage;
  let size;
  const fileOf = async (name, content) => {
    const path = join(stage.folder, name);
    await writeFile(path, JSON.stringify(content));
    return path;
  };
  const issue = async (...words) => {
    const done = await stage.service.command(['issue', ...words, '--json']);
    return { ...done, told: done.stdout ? JSON.parse(done.stdout) : undefined };
  };
  before(async () => {
    stage = await setStage(all);
    size = await stage.service.treeSize();
  });

  test('as a test document, which leaves no trace', async () => {
    const out = join(stage.folder, 'test.pdf');
    const file = await fileOf('test.json', order({ overrides: acknowledged }));
    const done = await issue(file, '--test', '--out', out);
    assert.equal(done.code, 0, done.stderr + done.stdout);
    assert.equal((await readFile(out)).subarray(0, 5).toString(), '%PDF-');
    assert.equal(done.told.reference, '');
    assert.ok(!(await readFile(out)).includes('/ByteRange'), 'nobody signs a test document');
    assert.match(await readText(out), /Document d’essai/);
    assert.equal(await stage.service.treeSize(), size);
  });

  test('as a test document without code and address', async () => {
    const out = join(stage.folder, 'plain.pdf');
    const file = await fileOf('plain.json', order({ overrides: acknowledged }));
    const done = await issue(file, '--test', '--no-qr', '--out', out);
    assert.equal(done.code, 0, done.stderr + done.stdout);
    await assert.rejects(readQr(out));
  });

  test('with a coded phrase, which stops it', async () => {
    const file = await fileOf('coded.json', order({ overrides: acknowledged,
      blocks: { closing: "Elle s'est efforcée de tenir les délais." } }));
    const done = await issue(file);
    assert.equal(done.code, 4, done.stderr);
    assert.ok(done.told.findings.some((one) => one.id === 'coded_effort' && one.level === 'block'));
    assert.equal(await stage.service.treeSize(), size);
  });

  test('by seal, in French, and an employer finds it genuine', async () => {
    const file = await fileOf('seal.json', order({ to: 'chantal@post.example', overrides: acknowledged }));
    const done = await issue(file);
    assert.equal(done.code, 0, done.stderr + done.stdout);
    assert.equal(done.told.reviewed, false);
    const again = await issue(file);
    assert.equal(again.told.reference, done.told.reference);
    const kept = await stage.mailServer.mailTo('chantal@post.example');
    const files = await saveAttachments(kept.raw, stage.folder, 'seal');
    const link = await readQr(files.pdf);
    const checked = await verify(link, '--json');
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout, /full_final/);
    assert.equal((await verify(files.pdf, '--proof', files.proof)).code, 0);
    size = await stage.service.treeSize();
  });

  test('by hand: it is there once the signed copy is registered', async () => {
    const out = join(stage.folder, 'print.pdf');
    const file = await fileOf('hand.json', order({ family_name: 'Favre' }));
    const printed = await issue(file, '--print', '--out', out);
    assert.equal(printed.code, 0, printed.stderr + printed.stdout);
    assert.ok((await stat(out)).size > 1000);
    const link = await readQr(out);
    assert.equal((await stage.service.told(parseLink(link).id)).status, 'unknown');
    assert.equal(await stage.service.treeSize(), size);
    const done = await stage.service.command(['issue', '--register', printed.told.case, '--by', 'P. Muster']);
    assert.equal(done.code, 0, done.stderr);
    await until('the endpoint knows it', async () =>
      (await stage.service.told(parseLink(link).id)).status === 'issued');
    // The entry is public a moment before the statement that it is not withdrawn.
    await until('the endpoint vouches for it', async () => (await verify(link)).code === 0);
  });

  test('and every rule behind it is shown with its source', async () => {
    const done = await stage.service.command(['rules', 'CH']);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, /not reviewed by a lawyer/);
    assert.match(done.stdout, /OR Art\. 330a/);
    assert.equal((await stage.service.command(['rules', 'XX'])).code, 1);
  });
});
