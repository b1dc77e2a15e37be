// refledger as an operator runs it: settings file, init, serve, command line.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Child, run } from './children.mjs';
import { program, rules } from './place.mjs';
import { Hopeless, until } from './until.mjs';

const settingsText = (at) => `data = data
master.key_file = master.key
public.url = ${at.publicUrl}
public.listen = 127.0.0.1:${at.publicPort}
private.listen = 127.0.0.1:${at.privatePort}
issuer.iss = https://www.seewald-instrumente.example
issuer.name = Seewald Instrumente AG
issuer.place = Winterthur
issuer.address = Seestrasse 12 | 8400 Winterthur | Schweiz
issuer.footer = Seewald Instrumente AG · Seestrasse 12 · 8400 Winterthur
issuer.signatory = Human Resources
issuer.time_zone = Europe/Zurich
sync.interval_seconds = 1
automatic.days_ahead = 0
automatic.look_back_days = 3650
mail.bounce_days = 0
automatic.CH.confirmation = issue
automatic.CH.confirmation.hold_hours = 0
automatic.DE.confirmation = issue
automatic.DE.confirmation.hold_hours = 0
mail.from = hr@seewald-instrumente.example
mail.smtp.host = 127.0.0.1
mail.smtp.port = ${at.smtpPort}
mail.smtp.security = none-loopback-only
rules = ${rules}
${at.more ?? ''}`;

const mapping = 'private_email=dynamic_101,country=dynamic_102,language=dynamic_103,'
  + 'reference_wish=dynamic_104';

export class Service {
  /// `at`: folder, publicUrl, publicPort, privatePort, sandboxPort, smtpPort; `more` settings.
  constructor(t, at) {
    this.t = t;
    this.at = at;
    this.config = join(at.folder, 'refledger.conf');
    this.data = join(at.folder, 'data');
    this.logs = [];
  }

  get privateUrl() { return `http://127.0.0.1:${this.at.privatePort}`; }
  get publicUrl() { return this.at.publicUrl; }

  /// `more`: further words for `init`.
  async initialise(credentials, more = []) {
    await mkdir(this.at.folder, { recursive: true });
    await writeFile(this.config, settingsText(this.at), { mode: 0o600 });
    const done = await this.command(['init', ...more]);
    if (done.code !== 0) throw new Error(`init: ${done.code}\n${done.stderr}`);
    const added = await this.command(['source', 'add', 'personio', '--credentials', '-',
      '--url', `http://127.0.0.1:${this.at.sandboxPort}/v1`, '--map', mapping],
    { input: JSON.stringify(credentials) });
    if (added.code !== 0) throw new Error(`source add: ${added.code}\n${added.stdout}${added.stderr}`);
    return done;
  }

  /// One command to its end, with the settings named.
  command(words, options) {
    return run(program('refledger'), [...words, '--config', this.config], options);
  }

  async leavers() {
    const done = await this.command(['leavers', '--json']);
    if (done.code !== 0) throw new Error(`leavers: ${done.code}\n${done.stderr}`);
    return JSON.parse(done.stdout);
  }

  /// Starts `serve` (with `only`: one of the two processes) without waiting for anything.
  launch(only) {
    const part = only ? ['--only', only] : [];
    const child = new Child(program('refledger'), ['serve', '--config', this.config, ...part]);
    this.t.after(() => child.kill());
    this.logs.push(child);
    return child;
  }

  async start(only) {
    const child = this.launch(only);
    if (only !== 'desk') await this.answers(child);
    if (only !== 'verify') await this.deskAnswers(child);
    return child;
  }

  answers(child) {
    return until('the public process answers', async () => {
      if (child && !child.running) throw new Hopeless(`serve ended with ${child.code}\n${child.stderr}`);
      return (await fetch(`${this.privateUrl}/healthz`)).status === 200;
    });
  }

  deskAnswers(child) {
    return until('the desk has read the HR system', () => {
      if (child && !child.running) throw new Hopeless(`serve ended with ${child.code}\n${child.stderr}`);
      return events(child.stderr).some((each) => each.process === 'desk' && each.event === 'sync');
    });
  }

  /// Everything that any run of the service has written to standard error.
  get journal() { return this.logs.map((child) => child.stderr).join(''); }

  async metric(name) {
    const text = await (await fetch(`${this.privateUrl}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)[1]);
  }
  treeSize() { return this.metric('refledger_tree_size'); }

  /// What the public endpoint tells programs about a reference.
  async told(id) {
    const answer = await fetch(`http://127.0.0.1:${this.at.publicPort}/v/${id}`,
      { headers: { accept: 'application/json' } });
    return { status: answer.status, ...await answer.json() };
  }
}

/// `refledger verify`, which needs no settings.
export const verify = (...words) => run(program('refledger'), ['verify', ...words]);

/// A journal's lines as objects.
export const events = (text) =>
  text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

/// Waits until the running desk has completed `count` more syncs.
export async function syncsLater(child, count) {
  const syncs = () => events(child.stderr)
    .filter((each) => each.process === 'desk' && each.event === 'sync' && !each.fault).length;
  const before = syncs();
  return until(`${count} more syncs`, () => syncs() >= before + count, { seconds: 20 + 3 * count });
}
