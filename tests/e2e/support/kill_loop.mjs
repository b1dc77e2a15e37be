// kill -9 at many moments while people leave, and what must be true afterwards.
//
// What is expected is kept in a file outside the installation, written before each step, so that a
// broken run can be looked into and nothing is taken from the service's own word.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';

import { parseLink } from './link.mjs';
import { payloadOf, parseVkey, readLog, rootOf, leafHash } from './log_reader.mjs';
import { messageId, saveAttachments } from './mail.mjs';
import { readQr } from './pdf.mjs';
import { verify } from './service.mjs';
import { until } from './until.mjs';

const digest = (content, encoding = 'hex') => createHash('sha256').update(content).digest(encoding);

/// xorshift32: the same moments for the same seed.
export function randomNumbers(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

class Expectation {
  constructor(file) {
    this.file = file;
    this.leavers = [];
    this.messages = {};
    this.entries = [];
  }
  async save() {
    const { leavers, messages, entries } = this;
    await writeFile(`${this.file}.new`, JSON.stringify({ leavers, messages, entries }, null, 1));
    await rename(`${this.file}.new`, this.file);
  }
}

/// The process of `serve` that is `what` (desk or verify), by its command line.
async function childOf(parent, what) {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
      const isChild = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      if (isChild && words.includes('--only') && words.includes(what)) return Number(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}
export { childOf };

/// Every message so far: one Message-ID and the same bytes for each address, and what was seen
/// once stays.
async function checkMails(stage, expected) {
  for (const mail of await stage.mailServer.received()) {
    const [address] = mail.to;
    const told = { id: messageId(mail.raw), bytes: digest(mail.raw) };
    expected.messages[address] ??= told;
    assert.deepEqual(told, expected.messages[address], `another message for ${address}`);
  }
}

const logOf = async (stage) => readLog(`http://127.0.0.1:${stage.service.at.publicPort}/log`,
  parseVkey(await readFile(`${stage.service.data}/log.vkey`, 'utf8')));

/// The log read from outside: signed, whole, and with everything that was ever seen in it at its
/// place.
async function checkLog(stage, expected) {
  const { checkpoint, entries } = await logOf(stage);
  assert.deepEqual(rootOf(entries.map(leafHash)), checkpoint.root);
  const now = entries.map((entry) => digest(entry));
  assert.deepEqual(now.slice(0, expected.entries.length), expected.entries, 'an entry was lost');
  expected.entries = now;
  return entries;
}

/// `kills` times: start, let people leave, kill after a while.  `tell` gets a line a round.
export async function killLoop(stage, { kills, seed, file, tell = () => {} }) {
  const random = randomNumbers(seed);
  const expected = new Expectation(file);
  const leave = async () => {
    const number = expected.leavers.length + 1;
    const person = await stage.sandbox.leaver({
      first_name: 'Person', last_name: `Number-${number}`, dynamic_101: `leaver${number}@post.example`,
    });
    expected.leavers.push({ id: person.id, address: person.address });
    await expected.save();
  };

  // How long one reference takes from the start, so that the kills fall into that time.
  await leave();
  const began = Date.now();
  stage.child = stage.service.launch();
  await stage.mailServer.mailTo(expected.leavers[0].address);
  const whole = Date.now() - began;

  for (let round = 1; round <= kills; ++round) {
    const mails = async () => (await stage.mailServer.received()).length;
    const before = await mails();
    for (let people = 1 + (round % 2); people > 0; --people) await leave();
    const onlyDesk = round % 3 === 0;
    if (!stage.child.running) stage.child = stage.service.launch();
    // Every other time the clock starts with the next mail: then the kill falls into the steps
    // after a delivery, or into the next leaver's.
    const afterMail = round % 2 === 0;
    if (afterMail) {
      await until('one more mail', async () => (await mails()) > before, { seconds: 60, every: 5 });
    }
    const wait = Math.round(random() * whole * (afterMail ? 0.4 : 1.2));
    await new Promise((resolve) => setTimeout(resolve, wait));
    const desk = onlyDesk ? await childOf(stage.child.pid, 'desk') : undefined;
    if (desk) process.kill(desk, 'SIGKILL');
    else await stage.child.kill();
    await checkMails(stage, expected);
    const since = afterMail ? 'after a mail' : 'after the start';
    tell(`kill ${round} of ${kills}: ${desk ? 'desk' : 'all'} ${wait} ms ${since}, ` +
      `${Object.keys(expected.messages).length} of ${expected.leavers.length} have mail`);
  }
  return expected;
}

/// Lets the service finish and checks that everyone got exactly one reference.
export async function finishAndCheck(stage, expected) {
  if (!stage.child.running) stage.child = stage.service.launch();
  await stage.service.answers(stage.child);
  const cases = await until('every case is delivered', async () => {
    const all = await stage.service.leavers();
    return all.length >= expected.leavers.length && all.every((one) => one.stage === 'delivered') &&
      all;
  }, { seconds: 60 + 2 * expected.leavers.length });
  assert.equal(cases.length, expected.leavers.length, 'one case a leaver');

  await checkMails(stage, expected);
  const entries = (await checkLog(stage, expected)).map(payloadOf);
  const issued = entries.filter(({ act }) => act === 'issued');
  assert.equal(issued.length, expected.leavers.length, 'one issued entry a leaver');
  assert.equal(new Set(issued.map(({ ref }) => ref)).size, issued.length);
  assert.deepEqual(entries.filter(({ act }) => act !== 'issued').map(({ act }) => act),
    ['key-added', 'key-added']);

  const numbers = new Set();
  for (const { id, address } of expected.leavers) {
    const mails = await stage.mailServer.receivedBy(address);
    assert.ok(mails.length >= 1, `no mail for ${address}`);
    const files = await saveAttachments(mails[0].raw, stage.folder, `kept-${id}`);
    const link = parseLink(await readQr(files.pdf));
    const ref = digest(Buffer.concat([Buffer.from('refledger-ref-v1\0'), link.idBytes]), 'base64url');
    const entry = issued.filter((each) => each.ref === ref);
    assert.equal(entry.length, 1, `${address}: the entry of the reference in the mail`);
    assert.equal(entry[0].doc, digest(await readFile(files.pdf), 'base64url'));
    assert.equal((await verify(link.text)).code, 0, address);
    numbers.add(link.id);
  }
  assert.equal(numbers.size, expected.leavers.length);
  assert.deepEqual(new Set(cases.map(({ reference }) => reference)), numbers);
  await expected.save();
}
