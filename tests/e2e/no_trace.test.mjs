// Nobody's data and no secret where it has no business: canaries are planted in the HR system, and
// after delivery everything that was written is searched for them.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { newPage, openLink, startBrowser } from './support/browser.mjs';
import { findIn, formsOf, formsOfText, searchFolder } from './support/canary.mjs';
import { credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const person = {
  first_name: 'Xquilla', last_name: 'Vrombautzky', position: 'Kwertzalmeisterin',
  department: 'Plonkabteilung', dynamic_101: 'zwirbelkanarie@nest.example',
  hire_date: '1987-07-19', email: 'x.vrombautzky@seewald.example',
};
const openPerson = {
  first_name: 'Ypsilda', last_name: 'Grontelhuber', position: 'Fnordmechanikerin',
  dynamic_101: 'grontelpost@nest.example', dynamic_104: null,
};

describe('Canaries planted in the HR system', () => {
  const all = scope();
  let stage;
  let reference;
  let needles;
  let erasable;
  before(async () => {
    stage = await setStage(all);
    const waiting = await stage.sandbox.leaver(openPerson);
    reference = await stage.issueTo(person);
    await until('the case is closed', async () => (await stage.service.leavers())
      .some(({ reference: id, stage: at }) => id === reference.link.id && at === 'delivered'));
    assert.ok((await stage.service.leavers()).some(({ name }) => name.includes('Ypsilda')));

    const texts = { ...person, ...Object.fromEntries(Object.entries(openPerson)
      .filter(([, value]) => value).map(([key, value]) => [`open case's ${key}`, value])) };
    needles = Object.entries(texts).map(([name, value]) => [name, formsOfText(value)]);
    needles.push(['last day of employment', formsOfText(waiting.left).slice(0, 1)]);
    needles.push(['Personio secret', formsOfText(credentials.client_secret)]);
    needles.push(['secret of the link', [
      ...formsOf(reference.link.secretBytes), Buffer.from(reference.link.secret)]]);
    // What stands in the log by design is no trace: the reference's ID must not.
    erasable = [['ID of the reference', [
      ...formsOf(reference.link.idBytes), Buffer.from(reference.link.id)]]];

    // People look, in every way there is, also in the wrong one.
    const browser = await startBrowser(all);
    await openLink(await newPage(browser), reference.link.text);
    const { base, id, secret } = reference.link;
    for (const path of [`/v/${id}%23${secret}`, `/v/${id}%2523${secret}`, `/V/${id}%23${secret}`,
      `/v/${id}?x=%23${secret}`, `/v/${id}/${secret}`, `/${secret}`, `/?q=${secret}`]) {
      await fetch(base + path);
    }
    await stage.service.command(['withdraw', id, '--yes']);
    await syncsLater(stage.child, 2);
  });

  test('are found where they are planted, as a control', async () => {
    const folder = join(stage.folder, 'control');
    await mkdir(folder);
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 37) % 251));
    for (const [at, [, forms]] of [...needles, ...erasable].entries()) {
      for (const [form, bytes] of forms.entries()) {
        await writeFile(join(folder, `${at}-${form}`), Buffer.concat([noise, bytes, noise]));
      }
    }
    const { found, files } = await searchFolder(folder, [...needles, ...erasable]);
    const forms = [...needles, ...erasable].reduce((sum, [, each]) => sum + each.length, 0);
    assert.equal(files, forms);
    assert.ok(found.length >= forms, `${found.length} of ${forms}`);
    const mails = await searchFolder(stage.mailServer.folder, needles);
    assert.ok(mails.found.some((each) => each.startsWith('dynamic_101')), 'not even in the mail');
  });

  test('are in no file of the ledger, not even the reference\'s number', async () => {
    const { found, files } = await searchFolder(join(stage.service.data, 'ledger'),
      [...needles, ...erasable]);
    assert.ok(files > 3);
    assert.deepEqual(found, []);
  });

  for (const folder of ['records', 'vault', 'keys']) {
    test(`are in no file of ${folder}`, async () => {
      const { found, files } = await searchFolder(join(stage.service.data, folder), needles);
      assert.ok(files > 0);
      assert.deepEqual(found, []);
    });
  }

  test('are in no other file of the installation', async () => {
    const { found } = await searchFolder(stage.service.at.folder, needles);
    assert.deepEqual(found, []);
  });

  test('are in nothing that the service wrote about its work', () => {
    const { journal } = stage.service;
    assert.ok(journal.length > 200);
    assert.deepEqual(findIn('the journal', Buffer.from(journal), [...needles, ...erasable]), []);
  });

  test('are in no address that the HR system was asked for', async () => {
    const asked = JSON.stringify(await stage.sandbox.log());
    assert.match(asked, /employees/);
    assert.deepEqual(findIn('the sandbox\'s log', Buffer.from(asked), needles), []);
  });

  test('are in no address or header that the browser sent, apart from the number', async () => {
    const page = await newPage(await startBrowser(all));
    const sent = [];
    page.on('request', (request) => sent.push(request.url().split('#')[0],
      JSON.stringify(request.headers()), request.postData() ?? ''));
    await openLink(page, reference.link.text);
    assert.ok(sent.length >= 9);
    assert.deepEqual(findIn('the requests', Buffer.from(sent.join('\n')), needles), []);
  });

  test('are in nothing that anyone may read without the secret', async () => {
    const { base, id } = reference.link;
    for (const path of ['/', `/v/${id}`, `/v/${id}/record`, `/v/${id}/proof`, '/log/checkpoint',
      '/log/tile/entries/000.p/3', '/keys', '/status/0', '/.well-known/refledger', '/verifier.html']) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await fetch(base + path, { headers: { accept } });
        const body = Buffer.from(await answer.arrayBuffer());
        const headers = Buffer.from(JSON.stringify([...answer.headers]));
        assert.deepEqual(findIn(path, Buffer.concat([headers, body]), needles), []);
      }
    }
  });

  test('are asked of the HR system only as far as they are needed', async () => {
    // Connecting looks at a few people once, for the shape of what the company's own fields hold.
    const readings = (await stage.sandbox.log()).filter((each) =>
      !/limit=(?!50\b|100\b)\d/.test(JSON.stringify(each)));
    assert.ok(readings.length > 2);
    const asked = JSON.stringify(readings);
    assert.doesNotMatch(asked, /fix_salary|dynamic_105|probation_period_end/);
  });
});
