// The sources as an operator connects them: what is asked for is what is listed, nothing but the
// login is more than reading, and no secret is in any output, log, file or answer.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { findIn, formsOfText, searchFolder } from './support/canary.mjs';
import { credentials } from './support/sandbox.mjs';
import { scope } from './support/scope.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

const bexioToken = 'bexio-demo-token';
const wrong = 'canary-wrong-secret-5150';

describe('Sources', () => {
  const all = scope();
  let stage;
  let written = '';
  const source = async (words, options) => {
    const done = await stage.service.command(['source', ...words], options);
    written += done.stdout + done.stderr;
    return done;
  };
  const told = async (...words) => JSON.parse((await source([...words, '--json'])).stdout);
  const sandboxUrl = () => `http://127.0.0.1:${stage.sandbox.port}`;

  before(async () => {
    stage = await setStage(all);
    await stage.sandbox.leaver();
    await syncsLater(stage.child, 2);
  });

  test('the HR system is listed as connected, with four characters of its client id', async () => {
    const [personio] = await told('list');
    assert.equal(personio.active, true);
    assert.equal(personio.read_for_leavers, true);
    assert.equal(personio.client_id_ends, credentials.client_id.slice(-4));
    assert.equal(personio.failing, null);
  });

  test('what is asked of it is what is listed', async () => {
    assert.equal((await source(['test', 'personio'])).code, 0);
    await told('attributes', 'personio');
    const listed = new Set((await told('what', 'personio')).map((each) => each.request));
    const shapeOf = (path) => path.replace(/\/persons\/[^/]+/, '/persons/{id}')
      .replace(/\/org-units\/[^/]+/, '/org-units/{id}');
    const log = await stage.sandbox.log();
    const asked = new Set(log.map(({ method, path }) => `${method} ${shapeOf(path)}`));
    assert.ok(asked.size >= 3, [...asked].join());
    const probes = new Set(['GET /v1/company/employees', 'GET /v1/company/time-off-types']);
    assert.deepEqual([...asked].filter((each) => !listed.has(each) && !probes.has(each)), []);
    assert.deepEqual([...asked].filter((each) => !each.startsWith('GET ')
      && !/^POST \/v[12]\/auth/.test(each)), []);
  });

  test('credentials that do not work change nothing', async () => {
    const done = await source(['set', 'personio', '--credentials', '-'],
      { input: JSON.stringify({ client_id: 'papi-demo', client_secret: wrong }) });
    assert.equal(done.code, 1);
    assert.match(done.stdout, /MISSING/);
    assert.match(done.stdout, /Nothing was changed/);
    assert.equal((await source(['test', 'personio'])).code, 0);
  });

  test('the same credentials again are taken by the running desk', async () => {
    const done = await source(['set', 'personio', '--credentials', '-'],
      { input: JSON.stringify(credentials) });
    assert.equal(done.code, 0);
    await syncsLater(stage.child, 1);
  });

  test('bexio shows the company beside the settings, and where each value comes from', async () => {
    const added = await source(['add', 'bexio', '--url', sandboxUrl(), '--credentials', '-'],
      { input: JSON.stringify({ token: bexioToken }) });
    assert.equal(added.code, 0, added.stdout + added.stderr);
    const { fields } = await told('company');
    const address = fields.find(({ field }) => field === 'address').values;
    assert.deepEqual(address.map(({ source: from, printed }) => [from, printed]),
      [['settings', true], ['bexio', false]]);
    assert.ok(fields.some(({ field, values }) => field === 'logo'
      && values.some(({ value }) => value.startsWith('PNG'))));
    const table = (await source(['company'])).stdout;
    assert.match(table, /uid .*bexio ust_id_nr/);
  });

  test('a wrong order is named, and told from one that failed', async () => {
    assert.equal((await source([])).code, 2);
    assert.equal((await source(['add', 'sap', '--credentials', '-'], { input: '{}' })).code, 2);
    assert.equal((await source(['test', 'nobody'])).code, 1);
    assert.equal((await source(['map', 'personio', 'shoe_size=dynamic_101'])).code, 2);
    assert.equal((await source(['map', 'personio', 'birthdate=dynamic_999'])).code, 1);
    const broken = await source(['add', 'bexio', '--name', 'other', '--credentials', '-'],
      { input: `{"token":"${wrong}",}` });
    assert.equal(broken.code, 2);
  });

  test('what is disconnected is read no more, and connected again is read again', async () => {
    assert.equal((await source(['remove', 'personio', '--yes'])).code, 0);
    assert.equal((await source(['test', 'personio'])).code, 1);
    const sync = await stage.service.command(['sync']);
    assert.equal(sync.code, 1);
    assert.match(sync.stderr, /refledger source add/);
    const added = await source(['add', 'personio', '--url', `${sandboxUrl()}/v1`, '--credentials',
      '-'], { input: JSON.stringify(credentials) });
    assert.equal(added.code, 0, added.stdout + added.stderr);
    assert.equal((await stage.service.command(['sync'])).code, 0);
  });

  test('no secret is in any output, log, file or answer of the desk', async () => {
    const needles = [['client secret', formsOfText(credentials.client_secret)],
      ['bexio token', formsOfText(bexioToken)], ['refused secret', formsOfText(wrong)]];
    const token = await readFile(join(stage.service.data, 'desk.token'), 'utf8');
    const answer = await new Promise((resolve, reject) => {
      request({ socketPath: join(stage.service.data, 'desk.sock'), path: '/source/list',
        headers: { authorization: `Bearer ${token}`, host: 'desk' } }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve(Buffer.concat(parts)));
      }).on('error', reject).end();
    });
    assert.match(answer.toString(), /personio/);
    assert.deepEqual(findIn('the desk\'s answer', answer, needles), []);
    assert.ok(written.length > 1000);
    assert.deepEqual(findIn('the output', Buffer.from(written), needles), []);
    assert.deepEqual(findIn('the journal', Buffer.from(stage.service.journal), needles), []);
    const { found, files } = await searchFolder(stage.service.at.folder, needles);
    assert.ok(files > 10);
    assert.deepEqual(found, []);
    // The search finds what is there.
    await writeFile(join(stage.folder, 'planted'), `x${wrong}x`);
    assert.equal((await searchFolder(stage.folder, needles.slice(2))).found.length, 1);
  });
});
