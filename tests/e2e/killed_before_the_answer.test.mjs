// kill -9 between the end of a mail's data and the server's answer: nobody knows whether the message
// arrived, so the very same message goes once more, and nothing is issued anew.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';

import { childOf } from './support/kill_loop.mjs';
import { payloadOf, parseVkey, readLog } from './support/log_reader.mjs';
import { messageId } from './support/mail.mjs';
import { events, syncsLater, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

/// How each copy was answered; throws unless all of them are one message, byte for byte.
function answersOf(mails) {
  for (const mail of mails) {
    assert.ok(messageId(mail.raw));
    assert.equal(messageId(mail.raw), messageId(mails[0].raw), 'another Message-ID');
    assert.ok(mail.raw.equals(mails[0].raw), 'other bytes');
  }
  return mails.map(({ answer }) => answer);
}

const only = async (stage) => {
  const cases = await stage.service.leavers();
  assert.equal(cases.length, 1);
  return cases[0];
};
const reaches = (stage, at) => until(`the case is ${at}`, async () => {
  const one = await only(stage);
  return one.stage === at && one;
});

/// Entries of the public log that attest something.
async function issuedIn(stage) {
  const vkey = parseVkey(await readFile(`${stage.service.data}/log.vkey`, 'utf8'));
  const { entries } = await readLog(`http://127.0.0.1:${stage.service.at.publicPort}/log`, vkey);
  return entries.map(payloadOf).filter(({ act }) => act === 'issued');
}

/// A service whose first message (to Ada) is in the mail server's hands, and not answered yet if
/// that server is told to hold it.
async function mailInTheAir(t, fault) {
  const stage = await setStage(t);
  await stage.mailServer.fault(...fault);
  const person = await stage.sandbox.leaver();
  await stage.mailServer.mailTo(person.address);
  return { stage, person };
}

/// What must be true at the end: one reference, one entry, and these copies of one message.
async function endsWith(stage, person, answers, number) {
  const one = await reaches(stage, 'delivered');
  assert.equal(one.reference, number, 'another reference');
  // Longer than the pause before a second repeat.
  await syncsLater(stage.child, 7);
  assert.deepEqual(answersOf(await stage.mailServer.receivedBy(person.address)), answers);
  assert.equal((await stage.mailServer.received()).length, answers.length);
  assert.equal((await issuedIn(stage)).length, 1);
  const { link } = await stage.reference(person);
  assert.equal(link.id, number);
  assert.equal((await verify(link.text)).code, 0);
}

describe('Killed while the mail server holds its answer back', () => {
  test('the whole service says "unknown" at its next start, then repeats the message', async (t) => {
    const { stage, person } = await mailInTheAir(t, ['hold']);
    await stage.child.kill();
    const { stage: at, reference } = await only(stage);
    assert.equal(at, 'sending', 'it was not killed inside the dialogue');
    assert.deepEqual(answersOf(await stage.mailServer.receivedBy(person.address)), ['hold']);

    // Without the public process no mail leaves, so the state before the repeat can be looked at.
    const desk = await stage.service.start('desk');
    const one = await reaches(stage, 'delivery_unknown');
    assert.equal(one.reference, reference);
    assert.deepEqual(answersOf(await stage.mailServer.receivedBy(person.address)), ['hold']);
    await desk.kill();

    stage.child = await stage.service.start();
    await endsWith(stage, person, ['hold', '250'], reference);
  });

  test('the desk alone is started again by the service and repeats the message', async (t) => {
    const { stage, person } = await mailInTheAir(t, ['hold']);
    const killed = await childOf(stage.child.pid, 'desk');
    const open = await childOf(stage.child.pid, 'verify');
    process.kill(killed, 'SIGKILL');
    const { link } = await stage.reference(person);
    await endsWith(stage, person, ['hold', '250'], link.id);
    assert.notEqual(await childOf(stage.child.pid, 'desk'), killed);
    assert.equal(await childOf(stage.child.pid, 'verify'), open, 'the public process went with it');
  });

  // A command that finds no desk opens the stores itself: for a moment, and not again and again.
  test('commands given all the while do not keep the desk from starting again', async (t) => {
    const stage = await setStage(t);
    const starts = () => events(stage.child.stderr)
      .filter((each) => each.process === 'desk' && each.event === 'started').length;
    let asking = true;
    const askers = [1, 2, 3].map(async () => {
      while (asking) await stage.service.command(['leavers', '--json']);
    });
    process.kill(await childOf(stage.child.pid, 'desk'), 'SIGKILL');
    try {
      await until('the desk has started again', () => starts() === 2);
      assert.ok(stage.child.running);
      assert.equal((await stage.service.command(['leavers', '--json'])).code, 0);
    } finally {
      asking = false;
      await Promise.all(askers);
    }
  });

  test('killed after the answer instead, it repeats nothing, as a control', async (t) => {
    const { stage, person } = await mailInTheAir(t, []);
    const { reference } = await reaches(stage, 'delivered');
    await stage.child.kill();
    stage.child = await stage.service.start();
    await endsWith(stage, person, ['250'], reference);
  });

  test('the comparison of the copies sees another byte and another name, as a control', () => {
    const copy = (text, answer) => ({ raw: Buffer.from(text), answer });
    const held = copy('Message-ID: <a@x>\r\n\r\nText', 'hold');
    assert.deepEqual(answersOf([held, copy(held.raw, '250')]), ['hold', '250']);
    assert.throws(() => answersOf([held, copy('Message-ID: <b@x>\r\n\r\nText', '250')]), /Message-ID/);
    assert.throws(() => answersOf([held, copy('Message-ID: <a@x>\r\n\r\nTexT', '250')]), /bytes/);
  });
});
