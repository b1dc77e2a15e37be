// Whoever sits between browser and service can alter answers, and gains nothing: each layer is
// altered in turn, and the page refuses it by name.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';

import { newPage, openLink, startBrowser } from './support/browser.mjs';
import { changeJwsPayload, flipInBase64, flipInJwsSignature } from './support/forge.mjs';
import { openRecord, sealRecord } from './support/record.mjs';
import { scope } from './support/scope.mjs';
import { verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';

describe('A proxy that alters answers', () => {
  const all = scope();
  let stage;
  let reference;
  let other;
  let browser;
  before(async () => {
    stage = await setStage(all, { proxied: true });
    reference = await stage.issueTo();
    other = await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    browser = await startBrowser(all);
  });
  beforeEach(() => stage.proxy.alterJson(() => undefined));

  const isReference = (path) => path === `/v/${reference.link.id}`;
  const isRecord = (path) => path === `/v/${reference.link.id}/record`;

  const open = async () => {
    const page = await newPage(browser);
    const result = await openLink(page, reference.link.text);
    return { ...result, shown: await page.locator('main').innerText() };
  };

  test('passes a genuine reference through, as a control', async () => {
    let seen = 0;
    stage.proxy.alterJson((path, answer) => {
      if (!isRecord(path) && !isReference(path)) return undefined;
      seen += 1;
      return isRecord(path)
        ? sealRecord(answer, reference.link, openRecord(answer, reference.link)) : answer;
    });
    const { verdict, failed } = await open();
    assert.deepEqual({ verdict, failed }, { verdict: 'genuine-and-valid', failed: '' });
    assert.ok(seen >= 2, 'the browser did not come through the proxy');
  });

  const inRecord = (change) => (path, answer) => {
    if (!isRecord(path)) return undefined;
    const content = openRecord(answer, reference.link);
    return sealRecord(answer, reference.link, change(content) ?? content);
  };
  const inAnswer = (change) => (path, answer) => {
    if (!isReference(path)) return undefined;
    return change(answer) ?? answer;
  };
  const withLine = (text, change) => {
    const lines = text.split('\n');
    change(lines);
    return lines.join('\n');
  };
  const otherAnswer = () => stage.service.told(other.link.id);

  const attacks = [
    ['the ciphertext', 'ciphertext', (path, answer) =>
      (isRecord(path) ? { ...answer, sealed: flipInBase64(answer.sealed, 0.5, 'base64url') } : undefined)],
    ['the share', 'ciphertext', (path, answer) =>
      (isRecord(path) ? { ...answer, share: flipInBase64(answer.share, 0.5, 'base64url') } : undefined)],
    ['the credential\'s content', 'credential', inRecord((content) => {
      content.credential = changeJwsPayload(content.credential, (payload) => {
        payload.status.status_list.idx += 1;
      });
    })],
    ['the credential\'s signature', 'credential', inRecord((content) => {
      content.credential = flipInJwsSignature(content.credential);
    })],
    ['a disclosure', 'disclosure', inRecord((content) => {
      content.disclosures = content.disclosures.map((each) => {
        const [salt, name, value] = JSON.parse(Buffer.from(each, 'base64url'));
        return name === 'position'
          ? Buffer.from(JSON.stringify([salt, name, `Leitende ${value}`])).toString('base64url')
          : each;
      });
    })],
    ['a disclosure, by leaving it out', 'disclosure', inRecord((content) => {
      content.disclosures = content.disclosures.slice(1);
    })],
    ['the entry\'s content', 'entry', inAnswer((answer) => {
      answer.entry = changeJwsPayload(answer.entry, (payload) => {
        payload.cred = flipInBase64(payload.cred, 0, 'base64url');
      });
    })],
    ['the entry\'s signature', 'entry', inAnswer((answer) => {
      answer.entry = flipInJwsSignature(answer.entry);
    })],
    ['the proof\'s path', 'proof', inAnswer((answer) => {
      answer.receipt = withLine(answer.receipt, (lines) => { lines[2] = flipInBase64(lines[2], 0.5); });
    })],
    ['the proof\'s index', 'proof', inAnswer((answer) => {
      answer.receipt = answer.receipt.replace(/^index (\d+)$/m, (_, at) => `index ${Number(at) - 1}`);
    })],
    ['the checkpoint\'s root', 'checkpoint', inAnswer((answer) => {
      // The note ends in: origin, size, root, blank, signature, and the last line's end.
      answer.receipt = withLine(answer.receipt, (lines) => {
        lines[lines.length - 4] = flipInBase64(lines[lines.length - 4], 0.5);
      });
    })],
    ['the checkpoint\'s signature', 'checkpoint', inAnswer((answer) => {
      answer.receipt = answer.receipt.replace(/(— \S+ )(\S+)/, (_, name, signature) =>
        name + flipInBase64(signature, 0.7));
    })],
    ['a key entry\'s signature', 'proof', inAnswer((answer) => {
      answer.keys[0].entry = flipInJwsSignature(answer.keys[0].entry);
    })],
    ['the key history, by leaving its beginning out', 'keys', inAnswer((answer) => {
      answer.keys = answer.keys.slice(1);
    })],
    ['a key entry\'s receipt', 'proof', inAnswer((answer) => {
      answer.keys[0].receipt = withLine(answer.keys[0].receipt, (lines) => {
        lines[2] = flipInBase64(lines[2], 0.5);
      });
    })],
    ['the status token\'s signature', 'status', inAnswer((answer) => {
      answer.status_token = flipInJwsSignature(answer.status_token);
    })],
    ['the status token, by leaving it out', 'status', inAnswer((answer) => {
      answer.status_token = '';
    })],
  ];
  for (const [what, layer, change] of attacks) {
    test(`gains nothing by altering ${what}: "${layer}" is named`, async () => {
      stage.proxy.alterJson(change);
      const { verdict, failed, shown } = await open();
      assert.ok(stage.proxy.altered > 0, 'nothing was altered');
      assert.equal(failed, layer, shown);
      // What is in hand is refused; what should vouch for it and does not says nothing about it.
      const inHand = ['ciphertext', 'credential', 'disclosure'].includes(layer);
      assert.equal(verdict, inHand ? 'not-this-document' : 'cannot-check-now');
      assert.doesNotMatch(shown, /Genuine and valid/);

      // The command line comes to the same, by code of its own.
      const { code, stdout } = await verify(reference.link.text, '--json');
      assert.equal(code, inHand ? 1 : 3, stdout);
      assert.equal(JSON.parse(stdout).failed, layer === 'ciphertext' ? 'record' : layer, stdout);
    });
  }

  test('gains nothing by answering with another genuine reference', async () => {
    const foreign = await otherAnswer();
    stage.proxy.alterJson(inAnswer((answer) => ({ ...foreign, id: answer.id })));
    const { verdict, failed } = await open();
    assert.deepEqual({ verdict, failed }, { verdict: 'not-this-document', failed: 'entry' });
  });

  test('gains nothing by saying that a withdrawn reference is valid', async () => {
    const before = await stage.service.told(other.link.id);
    const done = await stage.service.command(['withdraw', other.link.id, '--yes']);
    assert.equal(done.code, 0, done.stderr);
    stage.proxy.alterJson((path, answer) => {
      if (path !== `/v/${other.link.id}`) return undefined;
      return { ...answer, status: 'issued', withdrawn: null };
    });
    const page = await newPage(browser);
    const { verdict } = await openLink(page, other.link.text);
    assert.ok(stage.proxy.altered > 0);
    assert.equal(before.status, 'issued');
    assert.notEqual(verdict, 'genuine-and-valid');
  });
});
