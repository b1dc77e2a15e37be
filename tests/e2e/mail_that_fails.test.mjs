// A mail server that fails: the message goes again, byte for byte the same, or HR is told.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { messageId } from './support/mail.mjs';
import { scope } from './support/scope.mjs';
import { syncsLater } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('When the mail server', () => {
  const all = scope();
  let stage;
  before(async () => { stage = await setStage(all); });

  const caseOf = async (name) =>
    (await stage.service.leavers()).find((one) => one.name.includes(name));
  const reaches = (name, at) => until(`${name}'s case is ${at}`, async () => {
    const one = await caseOf(name);
    return one?.stage === at && one;
  });

  test('ends the connection before its answer, the same message goes again', async () => {
    await stage.mailServer.fault('cut');
    const person = await stage.sandbox.leaver({
      first_name: 'Cuta', dynamic_101: 'cuta@post.example' });
    const mails = await until('a second copy', async () => {
      const received = await stage.mailServer.receivedBy(person.address);
      return received.length >= 2 && received;
    }, { seconds: 60 });
    assert.deepEqual(mails.map(({ answer }) => answer), ['cut', '250']);
    assert.equal(messageId(mails[0].raw), messageId(mails[1].raw));
    assert.ok(mails[0].raw.equals(mails[1].raw), 'the bytes differ');
    await reaches('Cuta', 'delivered');
    await syncsLater(stage.child, 2);
    assert.equal((await stage.mailServer.receivedBy(person.address)).length, 2);
  });

  test('says "not now" a few times, the message arrives once', async () => {
    await stage.mailServer.fault('451', '451');
    const person = await stage.sandbox.leaver({
      first_name: 'Nownot', dynamic_101: 'nownot@post.example' });
    await reaches('Nownot', 'delivered');
    assert.equal(await stage.mailServer.faultsLeft(), 0);
    assert.equal((await stage.mailServer.receivedBy(person.address)).length, 1);
  });

  test('refuses for good, HR is told and nothing goes out again by itself', async () => {
    await stage.mailServer.fault('550');
    const person = await stage.sandbox.leaver({
      first_name: 'Neverly', dynamic_101: 'neverly@post.example' });
    const one = await until('the case waits', async () => {
      const found = await caseOf('Neverly');
      return found?.waiting_for && found;
    });
    assert.match(one.waiting_for, /refused the message for good/);
    await syncsLater(stage.child, 2);
    assert.deepEqual(await stage.mailServer.receivedBy(person.address), []);
    assert.equal(one.reference.length, 26, 'it is issued all the same');
  });

  test('refused one address, another one brings the reference there', async () => {
    const one = (await stage.sandbox.people()).find(({ name }) => name.startsWith('Neverly'));
    await stage.sandbox.set(one.id, { dynamic_101: 'neverly.better@post.example' });
    const [mail] = await until('the mail at the new address', async () => {
      const received = await stage.mailServer.receivedBy('neverly.better@post.example');
      return received.length > 0 && received;
    });
    assert.ok(mail.raw.length > 1000);
    await reaches('Neverly', 'delivered');
  });

  test('is away for a while, the message arrives once it is back', async () => {
    const { port } = stage.mailServer;
    await stage.mailServer.child.kill();
    await stage.sandbox.leaver({ first_name: 'Away', dynamic_101: 'away@post.example' });
    await until('the case is as far as it can be', async () => (await caseOf('Away'))?.reference);
    await syncsLater(stage.child, 2);
    assert.notEqual((await caseOf('Away')).stage, 'delivered');
    await stage.mailServer.restart(all, port);
    await reaches('Away', 'delivered');
    assert.equal((await stage.mailServer.receivedBy('away@post.example')).length, 1);
  });
});
