// The running desk seals at each level that the administrator chooses in the browser, with the
// company's key in a file and on a token; people sign elsewhere, one after the other. Other people's
// programs and ours accept every file.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { overflow, seriousFindings } from './support/axe.mjs';
import { Authorities } from './support/authorities.mjs';
import { startBrowser } from './support/browser.mjs';
import { mustRun } from './support/children.mjs';
import { bareSignature, signingTime, wholeCms } from './support/cms.mjs';
import { DeskWeb } from './support/desk_web.mjs';
import { checkStructure, readSignature, readText, words } from './support/pdf.mjs';
import { freePort, temporaryFolder } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const module = '/usr/lib/softhsm/libsofthsm2.so';
const ownText = 'Rückfragen beantwortet unsere Personalabteilung.';

/// What stands in the file, seen without a PDF reader: signatures, what follows the first revision.
async function inside(path, folder) {
  const bytes = await readFile(path);
  const text = bytes.toString('latin1');
  const signatures = [...text.matchAll(/\/Contents <([0-9a-f]+)>/g)].map((found) => ({
    cms: Buffer.from(found[1], 'hex'), begin: found.index + 10,
    end: found.index + found[0].length,
  }));
  const [first] = signatures;
  const revision = text.indexOf('%%EOF\n') + 6;
  const [cms, covered] = [join(folder, 'first.der'), join(folder, 'covered')];
  await writeFile(cms, first.cms);
  await writeFile(covered, Buffer.concat([bytes.subarray(0, first.begin),
    bytes.subarray(first.end, revision)]));
  const parts = (await mustRun('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER',
    '-in', cms, '-noout'])).stdout;
  return {
    cms, covered, signatures: signatures.length,
    stamped: parts.includes('id-smime-aa-timeStampToken'),
    signingTime: parts.split('unsignedAttrs')[0].includes('signingTime'),
    data: text.includes('/DSS'), archive: text.includes('/ETSI.RFC3161'),
  };
}

describe('Sealed at the level that was chosen', () => {
  const all = scope();
  let authorities; let stage; let url; let admin; let folder;

  /// Everybody's word on a file that the seal signed first.
  const expectAccepted = async (files, name, root) => {
    const found = await inside(files.pdf, folder);
    assert.equal(found.signingTime, false);
    const said = await readSignature(files.pdf, root, join(folder, `nss-${name}`));
    assert.match(said, /Signature is Valid\.[^]*Certificate is Trusted\./, said);
    if (!found.data && found.signatures === 1) assert.match(said, /Total document signed/);
    const structure = await checkStructure(files.pdf);
    assert.equal(structure.code, 0, structure.stdout + structure.stderr);
    const cms = await mustRun('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER',
      '-in', found.cms, '-content', found.covered, '-CAfile', root, '-purpose', 'any',
      '-out', '/dev/null']);
    assert.match(cms.stderr, /CAdES Verification successful/);
    const ours = await verify(files.pdf, '--proof', files.proof, '--json',
      '--timestamp-authority', authorities.time.path('root.pem'));
    assert.equal(ours.code, 0, ours.stdout + ours.stderr);
    return { ...found, ours: JSON.parse(ours.stdout), said };
  };
  const press = (selector) => Promise.all([admin.waitForNavigation(),
    admin.locator(selector).first().click()]);
  const look = async (name) => {
    for (const width of [360, 1280]) {
      await admin.setViewportSize({ width, height: 900 });
      assert.deepEqual(await seriousFindings(admin), [], `${name} at ${width}`);
      assert.ok(await overflow(admin) <= 0, `${name} reaches beyond ${width} px`);
    }
  };
  const save = 'form[action="/settings/seal"] .primary';

  before(async () => {
    folder = await temporaryFolder(all);
    authorities = await Authorities.start(all, join(folder, 'authorities'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const key = authorities.company.path('signer.key');
    const chain = authorities.company.path('signer.chain.pem');
    stage = await setStage(all, { more: `desk.web = 127.0.0.1:${port}\n`,
      init: ['--document-key', key, '--document-chain', chain] });
    admin = await new DeskWeb(await startBrowser(all), url, stage.child).first({ locale: 'de-CH' });
  });

  test('the page says what seals, what is missing, and takes no level that cannot be', async () => {
    await admin.goto(`${url}/settings/seal`);
    const text = await admin.locator('main').innerText();
    assert.match(text, /Seewald Instrumente AG/);
    assert.match(text, /Ein Zeitstempeldienst: Ohne ihn gibt es nur B-B/);
    assert.doesNotMatch(text, /Vorführzertifikat/);
    await look('seal');
    await admin.selectOption('[id="seal.level"]', 'B-LTA');
    await press(save);
    assert.match(await admin.locator('main').innerText(), /Es wurde nichts gespeichert/);
  });

  for (const [level, expected] of Object.entries({
    'B-B': { stamped: false, data: false, archive: false },
    'B-T': { stamped: true, data: false, archive: false },
    'B-LT': { stamped: true, data: true, archive: false },
    'B-LTA': { stamped: true, data: true, archive: true },
  })) {
    test(`${level}: chosen, tried, issued, accepted`, async () => {
      await admin.goto(`${url}/settings/seal`);
      await admin.selectOption('[id="seal.level"]', level);
      if (level !== 'B-B') {
        await admin.fill('[id="timestamp.url"]', `${authorities.url}/tsr`);
        await admin.fill('[id="timestamp.authority"]',
          await readFile(authorities.time.path('root.pem'), 'utf8'));
      }
      await press(save);
      assert.match((await admin.locator('.flash').allTextContents()).join(), /Gespeichert/);
      assert.match(await admin.locator('main dl').first().innerText(), new RegExp(`${level}\\b`));
      await press('form[action="/settings/seal/try"] button');
      assert.match((await admin.locator('.flash').allTextContents()).join(), /gesiegelt/);
      const files = await stage.issueTo({ last_name: `Stufe${level.replaceAll('-', '')}`,
        dynamic_101: `${level.toLowerCase()}@post.example` });
      const found = await expectAccepted(files, level, authorities.company.path('root.pem'));
      for (const [what, is] of Object.entries(expected)) assert.equal(found[what], is, what);
      assert.equal(Boolean(found.ours.sealed_before), expected.stamped);
    });
  }

  test('a document that bears an earlier date by law carries nothing that shows the day', async () => {
    const before = { ...authorities.counts };
    const files = await stage.issueTo({ last_name: 'Havel', dynamic_102: 'DE',
      dynamic_101: 'havel@post.example' });
    assert.deepEqual(authorities.counts, before, 'nobody was even asked');
    const found = await expectAccepted(files, 'earlier', authorities.company.path('root.pem'));
    assert.deepEqual([found.stamped, found.data, found.archive], [false, false, false]);
    assert.equal(found.ours.sealed_before, null);
  });

  test('every rule is shown with its source, and that no lawyer has read it', async () => {
    await admin.goto(`${url}/settings/rules`);
    await admin.locator('main summary').first().click();
    const text = await admin.locator('main').textContent();
    assert.match(text, /noch von keiner Juristin und keinem Juristen geprüft/);
    assert.match(text, /OR Art\. 330a Abs\. 2/);
    for (const row of await admin.locator('main tbody tr').all()) {
      assert.ok((await row.locator('td').last().textContent()).trim(), await row.textContent());
    }
    await look('rules');
  });

  test('text of the company’s own is checked before it is kept', async () => {
    await admin.goto(`${url}/settings/texts?language=de&type=`);
    await admin.fill('#closing', 'Sie hat sich stets bemüht, die Termine zu halten.');
    await press('form[method=post] .primary');
    assert.match(await admin.locator('main').innerText(), /Es wurde nichts gespeichert/);
    await look('texts-refused');
    await admin.fill('#closing', ownText);
    await press('form[method=post] .primary');
    assert.match((await admin.locator('.flash').allTextContents()).join(), /Gespeichert/);
    await admin.goto(`${url}/settings/texts?language=de&type=`);
    assert.equal(await admin.inputValue('#closing'), ownText);
    await look('texts');
  });

  test('two people sign elsewhere: one bare signature, one whole CMS', async () => {
    const person = await stage.sandbox.leaver({ last_name: 'Zweimal', dynamic_104: 'full',
      dynamic_101: 'zweimal@post.example' });
    await until('the leaver is listed', async () => {
      await admin.goto(`${url}/leavers?q=Zweimal`);
      return admin.locator('.person a').count();
    });
    await admin.locator('.person a').click();
    const at = `${url}/cases/${new URL(admin.url()).pathname.split('/')[2]}`;
    const step = async (name, fill) => {
      await admin.goto(`${at}/write/${name}`);
      await fill();
      await press('button[name=go][value=stay]');
    };
    await step('type', async () => {
      await admin.locator('input[name=type][value=full_final]').check();
      await admin.locator('input[name=signing][value=qualified]').check();
      for (const [which, name] of [['1', 'Petra Muster'], ['2', 'Mara Beispiel']]) {
        await admin.fill(`#signatories-${which}-name`, name);
      }
    });
    await step('tasks', () => admin.fill('#functions-1-tasks', 'Fertigung von Präzisionsteilen'));
    await step('ratings', async () => {
      for (const criterion of ['expertise', 'quality', 'quantity', 'conduct_managers',
        'conduct_colleagues', 'conduct_clients']) {
        await admin.locator(`label[for="ratings-${criterion}-grade-2"]`).click();
      }
    });
    await step('text', async () => {
      assert.match(await admin.locator('#step').innerText(), new RegExp(ownText));
      await admin.locator('input[name=thanks]').check();
      await admin.locator('input[name=wishes]').check();
    });
    await step('checks', async () => {
      for (const box of await admin.locator('input[name^="overrides."][name$=".reason"]').all()) {
        await box.fill('Die Person wünscht es so');
      }
    });
    const pem = (name) => readFile(authorities.people.path(name), 'utf8');
    await admin.goto(`${at}/issue`);
    await admin.fill('#chain', await pem('signer.chain.pem'));
    await admin.locator('form[action$="/issue"] summary').click();
    await look('issue-two');
    await admin.fill('#second_chain', await pem('other.chain.pem'));
    await admin.locator('input[name=sure]').check();
    await press('form[action$="/issue"] .primary');
    assert.equal(admin.url(), `${at}/signature`);
    await look('signature');
    const page = () => admin.locator('main').innerText();
    assert.match(await page(), /Petra Muster\s+Unterschrift 1 von 2/);
    const attributes = await (await admin.request.get(`${at}/signature/attributes.der`)).body();
    await admin.fill('#signature_text',
      bareSignature(await pem('signer.key'), attributes).toString('base64'));
    await press('form[action$="/signature"] .primary');
    assert.match(await page(), /Mara Beispiel\s+Unterschrift 2 von 2/);
    const hand = async (more) => {
      const cms = wholeCms(await pem('other.key'), await pem('other.pem'),
        await admin.locator('#document-digest').innerText(), more);
      await admin.locator('#signature').setInputFiles(
        { name: 'signature.p7s', mimeType: 'application/pkcs7-signature', buffer: cms });
      await press('form[action$="/signature"] .primary');
    };
    await hand([signingTime()]);
    assert.match(await page(), /passt nicht/, 'a signing time has no place in the baseline');
    await hand([]);
    assert.equal(admin.url(), at);
    const files = await stage.reference(person);
    const found = await expectAccepted(files, 'two', authorities.people.path('root.pem'));
    assert.deepEqual([found.stamped, found.data, found.archive], [true, true, true]);
    assert.equal(found.signatures, 3, 'two people and the authority');
    assert.equal([...found.said.matchAll(/Signature is Valid\./g)].length, 2, found.said);
    for (const name of ['Petra Muster', 'Mara Beispiel']) assert.ok(found.said.includes(name));
    assert.ok(words(await readText(files.pdf)).includes(ownText));
  });

  test('the browser had nothing to complain about', () => {
    assert.deepEqual(admin.seen.errors.filter((text) => !/status of 400/.test(text)), []);
  });
});

describe('Sealed by a key on a token', () => {
  const all = scope();
  let authorities; let stage; let folder;

  before(async () => {
    folder = await temporaryFolder(all);
    authorities = await Authorities.start(all, join(folder, 'authorities'));
    await mustRun('mkdir', [join(folder, 'tokens')]);
    process.env.SOFTHSM2_CONF = join(folder, 'softhsm2.conf');
    all.after(() => { delete process.env.SOFTHSM2_CONF; });
    await writeFile(process.env.SOFTHSM2_CONF,
      `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
    await mustRun('softhsm2-util', ['--init-token', '--free', '--label', 'refledger',
      '--so-pin', '12345678', '--pin', '987654']);
    const { company } = authorities;
    await company.openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'signer.key', '-out', 'signer.p8');
    await mustRun('softhsm2-util', ['--import', company.path('signer.p8'), '--token', 'refledger',
      '--label', 'seal', '--id', '01', '--pin', '987654']);
    await writeFile(join(folder, 'pin'), '987654\n', { mode: 0o600 });
    stage = await setStage(all, { more: `\
seal.key = pkcs11:token=refledger;object=seal?module-path=${module}
seal.chain = ${company.path('signer.chain.pem')}
seal.pin_file = ${join(folder, 'pin')}
seal.level = B-LTA
timestamp.url = ${authorities.url}/tsr
timestamp.authority = ${authorities.time.path('root.pem')}
` });
  });

  test('a reference goes out at the highest level, and everybody accepts it', async () => {
    const files = await stage.issueTo({ last_name: 'Token', dynamic_101: 'token@post.example' });
    const found = await inside(files.pdf, folder);
    assert.deepEqual([found.stamped, found.data, found.archive], [true, true, true]);
    const said = await readSignature(files.pdf, authorities.company.path('root.pem'),
      join(folder, 'nss'));
    assert.match(said, /Seewald Instrumente AG[^]*Signature is Valid\.[^]*Certificate is Trusted\./);
    const ours = await verify(files.pdf, '--proof', files.proof, '--json');
    assert.equal(ours.code, 0, ours.stdout + ours.stderr);
    assert.ok(!stage.service.journal.includes('987654'), 'the PIN is told nowhere');
  });
});
