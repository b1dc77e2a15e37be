// HR at the desk in a real browser: a leaver, the wizard, a second person, the finished reference.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { bringAxe, overflow, seriousFindings } from './support/axe.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { DeskWeb } from './support/desk_web.mjs';
import { freePort } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

const hostile = '"><svg onload=alert(1)>';
const shots = process.env.REFLEDGER_SHOTS;

const languages = {
  de: { locale: 'de-CH', name: 'Nägeli', overdue: /überfällig/, next: /Speichern und weiter/,
    origin: /aus|Personio/, sure: /rückgängig/, done: /Freigegeben/, approved: /freigegeben|ausstellen/i, own: /gibt immer jemand anderes frei/, ground: 'Die Person wünscht es so' },
  en: { locale: 'en-GB', name: 'Quinn', overdue: /overdue/, next: /Save and continue/,
    origin: /Personio/, sure: /undone/, done: /Approved/, approved: /approved|issue/i, own: /Nobody approves what they wrote/, ground: 'The person asked for it' },
};

// The page as it is, on a phone and on a desk: for axe, for the window, and for the eye.
async function look(page, name) {
  if (shots) await mkdir(shots, { recursive: true });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await seriousFindings(page), [], `${name} at ${width}`);
    assert.ok(await overflow(page) <= 0, `${name} reaches beyond ${width} px`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
  }
}

async function grade(page, criterion, level) {
  await page.locator(`label[for="ratings-${criterion}-grade-${level}"]`).click();
}

/// Everything from the list to the question for approval.
async function write(page, url, caseId, words, tag) {
  const step = async (name) => {
    await page.goto(`${url}/cases/${caseId}/write/${name}`);
  };
  const save = async () => {
    await page.locator('button[name=go][value=stay]').click();
    await page.waitForLoadState();
  };
  await step('type');
  await page.locator('input[name=type][value=full_final]').check();
  await page.fill('#signatories-1-name', 'Petra Muster');
  await page.fill('#signatories-1-function', 'Leiterin Personal');
  await page.fill('#signatories-1-rank', 'Prokuristin');
  await save();
  await look(page, `${tag}-type`);
  await step('facts');
  assert.match(await page.locator('#step').innerText(), words.origin);
  await look(page, `${tag}-facts`);
  await step('tasks');
  await page.fill('#functions-1-tasks', 'Fertigung von Präzisionsteilen\nPrüfung nach Zeichnung');
  await save();
  await look(page, `${tag}-tasks`);
  await step('ratings');
  for (const criterion of ['expertise', 'quality', 'quantity', 'conduct_managers',
    'conduct_colleagues', 'conduct_clients']) await grade(page, criterion, 2);
  await save();
  await look(page, `${tag}-ratings`);
  await step('text');
  await page.locator('input[name=thanks]').check();
  await page.locator('input[name=wishes]').check();
  await save();
  await look(page, `${tag}-text`);
  await step('absences');
  await look(page, `${tag}-absences`);
  await step('checks');
  await look(page, `${tag}-checks`);
  for (const box of await page.locator('input[name^="overrides."][name$=".reason"]').all()) {
    await box.fill(words.ground);
  }
  await save();
}

for (const [language, words] of Object.entries(languages)) {
  describe(`HR at the desk, in ${language}`, () => {
    const all = scope();
    let stage;
    let url;
    let desk;
    let anna;
    let beat;
    let person;
    let caseId;

    before(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      stage = await setStage(all, { more: `desk.web = 127.0.0.1:${port}\ncases.four_eyes = all\n` });
      desk = new DeskWeb(await startBrowser(all), url, stage.child);
      anna = await desk.first({ locale: words.locale });
      beat = await desk.colleague('Beat Prüfer', 'beat@seewald-instrumente.example',
        ['approver'], { locale: words.locale });
      person = await stage.sandbox.leaver({ last_name: words.name, dynamic_104: 'full',
        dynamic_101: `${language}@post.example`, position: hostile });
    });

    test('the leaver stands on the board without typing, with what is due', async () => {
      await until('the leaver is listed', async () => {
        await anna.goto(`${url}/leavers`);
        return (await anna.locator('main').innerText()).includes(words.name);
      });
      const text = await anna.locator('main').innerText();
      assert.match(text, words.overdue);
      assert.ok(text.includes(hostile), 'a hostile position stays text');
      await look(anna, `${language}-board`);
      await anna.fill('#q', 'nobody of that name');
      await anna.locator('form[role=search] button').click();
      assert.ok(!(await anna.locator('main').innerText()).includes(words.name));
      await anna.goto(`${url}/leavers?q=${encodeURIComponent(words.name.slice(1, 4))}`);
      await anna.locator('.person a').click();
      caseId = new URL(anna.url()).pathname.split('/')[2];
      await look(anna, `${language}-case`);
      await anna.goto(`${url}/leavers/begin`);
      await anna.locator('#staff li').first().waitFor();
      await look(anna, `${language}-begin`);
      const someone = (await anna.locator('#staff li .grow').last().innerText()).split(' ')[0];
      await anna.fill('#q', someone.toUpperCase());
      await anna.locator('form[role=search] button').click();
      for (const row of await anna.locator('#staff li').allInnerTexts()) {
        assert.ok(row.toLowerCase().includes(someone.toLowerCase()), row);
      }
      await anna.locator('#staff li button').first().click();
      await anna.waitForURL(/\/cases\/[^/]+\/write\/type/);
    });

    test('one writes, step by step, and asks for approval', async () => {
      await write(anna, url, caseId, words, language);
      await anna.goto(`${url}/cases/${caseId}/write/facts`);
      await anna.locator('input[name="source.position"][value=own]').check();
      await anna.fill('#functions-1-title', 'Feinmechanikerin');
      await anna.fill('[name="reasons.position"]', words.ground);
      await anna.locator('button[name=go][value=stay]').click();
      await anna.goto(`${url}/cases/${caseId}/approval`);
      await look(anna, `${language}-ask`);
      await anna.locator('form[action$="/ask"] .primary').click();
      await anna.goto(`${url}/cases/${caseId}/approval`);
      assert.equal(await anna.locator('form[action$="/approve"]').count(), 0, 'nobody approves their own');
    });

    test('whoever wrote it is refused by the server too', async () => {
      const answer = await anna.evaluate(async (id) => {
        const draft = await (await fetch(`/cases/${id}/write/type`)).text();
        const form = new URLSearchParams({ csrf: document.querySelector('[name=csrf]').value,
          once: '0123456789abcdef0123456789abcdef', version: /name="version" value="(\d+)"/.exec(draft)[1] });
        return (await fetch(`/cases/${id}/approve`, { method: 'POST', body: form })).text();
      }, caseId);
      assert.match(answer, words.own);
    });

    test('a second person reads it and approves', async () => {
      await beat.goto(`${url}/cases/${caseId}/approval`);
      assert.match(await beat.locator('.letter').innerText(), /Fertigung von Präzisionsteilen/);
      await look(beat, `${language}-approve`);
      await beat.locator('form[action$="/approve"] .primary').click();
      assert.match(await beat.locator('.flash').innerText(), words.done);
    });

    test('the person sees the draft with a code, and what they say arrives', async () => {
      await anna.goto(`${url}/cases/${caseId}/hearing`);
      await anna.locator('form[action$="/invite"] .primary').click();
      const told = await anna.locator('[role=status] code').allInnerTexts();
      await look(anna, `${language}-hearing`);
      const theirs = await newPage(desk.browser, { locale: words.locale });
      await bringAxe(theirs);
      await theirs.goto(`${url}/sign-in`);
      await look(theirs, `${language}-sign-in`);
      await theirs.goto(told[0]);
      await look(theirs, `${language}-holder`);
      await theirs.fill('#code', told[1]);
      await theirs.fill('#pin', told[2]);
      await theirs.locator('main .primary').click();
      await theirs.waitForURL(`${url}/holder/draft`);
      const draft = await theirs.request.get(`${url}/holder/draft.pdf`);
      assert.equal((await draft.body()).subarray(0, 5).toString(), '%PDF-');
      await theirs.fill('#text', hostile);
      await theirs.locator('form[action$="/say"] button').click();
      await theirs.fill('#to', `${language}@post.example`);
      await theirs.locator('form[action$="/address"] button').click();
      assert.equal(await theirs.inputValue('#to'), `${language}@post.example`);
      await look(theirs, `${language}-holder-draft`);
      await anna.goto(`${url}/cases/${caseId}/hearing`);
      assert.equal(await anna.locator('blockquote').first().evaluate(
        (quote) => quote.firstChild.textContent), hostile);
      await anna.goto(`${url}/cases/${caseId}`);
      assert.match(await anna.locator('.title .badge').innerText(), words.approved);
    });

    test('it is issued after one question, delivered and genuine', async () => {
      await anna.goto(`${url}/cases/${caseId}/issue`);
      assert.match(await anna.locator('main').innerText(), words.sure);
      await look(anna, `${language}-issue`);
      await anna.locator('input[name=sure]').check();
      await anna.locator('form[action$="/issue"] .primary').click();
      const reference = await stage.reference(person);
      const done = await verify(reference.link.text);
      assert.equal(done.code, 0, done.stdout + done.stderr);
      assert.match(done.stdout, /Fertigung von Präzisionsteilen/);
      await until('the case is done', async () => {
        await anna.goto(`${url}/cases/${caseId}`);
        return (await anna.locator('.title .badge').innerText()).match(/zugestellt|delivered/);
      });
      await look(anna, `${language}-done`);
      await anna.goto(`${url}/cases/${caseId}/handing`);
      await look(anna, `${language}-handing`);
      await anna.goto(`${url}/reply`);
      await look(anna, `${language}-reply`);
    });

    if (language === 'en') {
      test('two people see each other\'s change, and neither is lost', async () => {
        const other = await stage.sandbox.leaver({ last_name: 'Zwei', dynamic_104: 'full',
          dynamic_101: 'zwei@post.example' });
        await until('listed', async () => {
          await anna.goto(`${url}/leavers?q=Zwei`);
          return await anna.locator('.person a').count();
        });
        assert.ok(other.id);
        await anna.locator('.person a').click();
        const id = new URL(anna.url()).pathname.split('/')[2];
        await anna.goto(`${url}/cases/${id}/write/type`);
        await anna.locator('input[name=type][value=full_final]').check();
        await anna.locator('button[name=go][value=stay]').click();
        for (const page of [anna, beat]) await page.goto(`${url}/cases/${id}/write/tasks`);
        await anna.fill('#functions-1-tasks', 'of Anna');
        await until('Anna’s words are saved', async () => {
          const seen = await anna.request.get(`${url}/cases/${id}/write/tasks`);
          return (await seen.text()).includes('of Anna');
        });
        await beat.fill('#training', 'a course, of Beat');
        await until('Beat sees both', async () =>
          await beat.locator('#functions-1-tasks').inputValue() === 'of Anna');
        await beat.fill('#functions-1-tasks', 'of Beat');
        await until('Beat’s words are saved', async () => {
          const seen = await anna.request.get(`${url}/cases/${id}/write/tasks`);
          return (await seen.text()).includes('of Beat');
        });
        await anna.fill('#functions-1-tasks', 'of Anna, again');
        await until('Anna is told what Beat wrote', async () =>
          (await anna.locator('#live-clash').innerText()).includes('of Beat'));
        assert.equal(await anna.locator('#functions-1-tasks').inputValue(), 'of Anna, again');
        await look(anna, 'en-clash');
        await anna.locator('button[name=go][value=stay]').click();
        assert.equal(await anna.locator('#functions-1-tasks').inputValue(), 'of Anna, again');
      });

      test('the keyboard alone leads from the board into the ratings', async () => {
        const reach = async (selector) => {
          for (let tabs = 0; tabs < 100; ++tabs) {
            await anna.keyboard.press('Tab');
            const there = await anna.evaluate((wanted) => document.activeElement.matches(wanted), selector);
            if (there) return;
          }
          assert.fail(`no way by Tab to ${selector}`);
        };
        const enter = () => Promise.all([anna.waitForNavigation(), anna.keyboard.press('Enter')]);
        await anna.goto(`${url}/leavers?q=Zwei`);
        await reach('.person a');
        await enter();
        await reach('main a.primary');
        await enter();
        await reach('.wizard a[href$="/ratings"]');
        await enter();
        await reach('input[name="ratings.quality.grade"]');
        await anna.keyboard.press('ArrowRight');
        const chosen = await anna.evaluate(() => ({
          name: document.activeElement.name, checked: document.activeElement.checked,
          outline: getComputedStyle(document.activeElement.nextElementSibling).outlineStyle,
        }));
        assert.deepEqual(chosen, { name: 'ratings.quality.grade', checked: true, outline: 'solid' });
      });

      test('one order for several cases is carried out, and told', async () => {
        await anna.goto(`${url}/leavers?show=all`);
        for (const box of await anna.locator('input[name=case]').all()) await box.check();
        await anna.locator('#many summary').click();
        await look(anna, 'en-many');
        await Promise.all([anna.waitForNavigation(), anna.locator('#many .primary').click()]);
        await until('it is through', async () => {
          await anna.reload();
          return await anna.locator('.badge.is-good').count();
        });
        assert.match(await anna.locator('[role=status]').innerText(), /3 of 3/);
        await look(anna, 'en-bulk');
      });
    }

    test('the browser had nothing to complain about', () => {
      const errors = [...anna.seen.errors, ...beat.seen.errors]
        .filter((text) => !/status of (403|409)/.test(text));
      assert.deepEqual(errors, []);
    });
  });
}
