// The made-up company with a Personio-shaped API, and what happens in it.
// Source: docs/personio-sandbox.md
import { Child } from './children.mjs';
import { program } from './place.mjs';
import { Hopeless, until } from './until.mjs';

export const credentials = {
  client_id: 'papi-demo',
  client_secret: 'papi-demo-secret',
};

const dayFromNow = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
/// Surely over in every time zone of the company.
export const lastWeek = () => dayFromNow(-7);

export class Sandbox {
  static async start(t, { people = 1, options = [] } = {}) {
    const sandbox = new Sandbox();
    sandbox.child = new Child(program('personio-sandbox'),
      ['--port', '0', '--people', String(people), ...options]);
    t.after(() => sandbox.child.kill());
    sandbox.port = await until('the sandbox listens', () => {
      if (!sandbox.child.running) throw new Hopeless(sandbox.child.stderr);
      return Number(/127\.0\.0\.1:(\d+)\/control/.exec(sandbox.child.stdout)?.[1]);
    });
    return sandbox;
  }

  async #ask(path, body) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/control/${path}`, body && {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/control/${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  people() { return this.#ask('people'); }
  log() { return this.#ask('log'); }
  counts() { return this.#ask('counts'); }

  /// A new employee under Swiss law who wishes for a confirmation, unless `values` says otherwise.
  async hire(values = {}) {
    const person = {
      first_name: 'Ada', last_name: 'Nägeli', gender: 'female', position: 'Feinmechanikerin',
      department: 'Montage', hire_date: '2019-03-01', weekly_working_hours: '42',
      dynamic_101: 'ada.naegeli@post.example', dynamic_102: 'CH', dynamic_103: 'de',
      dynamic_104: 'confirmation', ...values,
    };
    const { id } = await this.#ask('hire', person);
    return { id, ...person };
  }

  terminate(id, date = lastWeek()) {
    return this.#ask('terminate', { id, termination_date: date });
  }
  extend(id) { return this.#ask('extend', { id }); }
  rename(id, names) { return this.#ask('rename', { id, ...names }); }
  set(id, values) { return this.#ask('set', { id, ...values }); }
  /// HR registers a webhook; what was sent so far, and what came back.
  register(url, token) { return this.#ask('webhook', { url, token }); }
  deliveries() { return this.#ask('webhooks'); }
  /// What the API credential may read.
  permit(what) { return this.#ask('permit', what); }
  fault(what) { return this.#ask('fault', what); }

  /// Hires someone who has left already: a leaver at the next sync.
  async leaver(values = {}) {
    const person = await this.hire(values);
    const left = lastWeek();
    await this.terminate(person.id, left);
    return { ...person, left, address: person.dynamic_101 };
  }
}
