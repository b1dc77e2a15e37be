// A real mail server, and what it received.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Child, mustRun } from './children.mjs';
import { supportFile } from './place.mjs';
import { Hopeless, until } from './until.mjs';

// Debian's Python: the one that Debian's aiosmtpd belongs to.
const python = '/usr/bin/python3';

export class MailServer {
  static async start(t, folder) {
    await mkdir(folder);
    const server = new MailServer();
    server.folder = folder;
    await server.restart(t, 0);
    return server;
  }

  /// `port` 0: any free one.
  async restart(t, port) {
    const child = new Child(python, [supportFile('smtp_sink.py'), this.folder, String(port)]);
    t.after(() => child.kill());
    this.port = await until('the mail server listens', () => {
      if (!child.running) throw new Hopeless(child.stderr);
      return Number(child.stdout);
    });
    this.child = child;
  }

  /// What becomes of the next messages: 451, 550, cut, hold (see smtp_sink.py).
  async fault(...faults) {
    await writeFile(join(this.folder, 'faults'), faults.join('\n'));
  }

  async faultsLeft() {
    return (await readFile(join(this.folder, 'faults'), 'utf8')).split('\n').filter(Boolean).length;
  }

  /// Everything kept so far: {from, to, answer, raw}, in the order of arrival.
  async received() {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    return Promise.all(names.map(async (name) => ({
      ...JSON.parse(await readFile(join(this.folder, name), 'utf8')),
      raw: await readFile(join(this.folder, name.replace('.json', '.eml'))),
    })));
  }

  async receivedBy(address) {
    return (await this.received()).filter((mail) => mail.to.includes(address));
  }

  /// Waits for a mail to `address`.
  async mailTo(address, seconds = 60) {
    return until(`a mail to ${address}`, async () => (await this.receivedBy(address))[0],
      { seconds });
  }
}

/// {headers: Map, text, attachments: [{name, type, content}]}, read by Python's email module.
export async function readMail(raw) {
  const { stdout } = await mustRun(python, [supportFile('read_mail.py')], { input: raw });
  const mail = JSON.parse(stdout);
  return {
    headers: new Map(mail.headers),
    text: mail.text,
    attachments: mail.attachments.map(({ name, type, base64 }) =>
      ({ name, type, content: Buffer.from(base64, 'base64') })),
  };
}

/// The message's name without parsing the whole.
export const messageId = (raw) => /^message-id:\s*(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1];

/// Writes PDF and proof file of a mail side by side; gives their paths.
export async function saveAttachments(raw, folder, name) {
  const mail = await readMail(raw);
  const files = { mail };
  for (const [ending, key] of [['.pdf', 'pdf'], ['.refproof', 'proof']]) {
    const found = mail.attachments.filter((each) => each.name.endsWith(ending));
    if (found.length !== 1) throw new Error(`${found.length} attachments end in ${ending}`);
    files[key] = join(folder, name + ending);
    await writeFile(files[key], found[0].content);
  }
  return files;
}
