// The public process and the desk: what each can reach, and that each does without the other.
import assert from 'node:assert/strict';
import { readFile, readdir, readlink, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { mustRun } from './support/children.mjs';
import { scope } from './support/scope.mjs';
import { events, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

/// Every file that a process holds open or has mapped.
async function filesOf(pid) {
  const open = await Promise.all((await readdir(`/proc/${pid}/fd`))
    .map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  const mapped = (await readFile(`/proc/${pid}/maps`, 'utf8')).split('\n')
    .map((line) => line.slice(73)).filter(Boolean);
  return [...new Set([...open, ...mapped])];
}

/// What the desk's socket answers: {status, body}.
const askDesk = (socketPath, { path, method = 'GET', headers = {}, body = '' }) =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

/// Whether this kernel has Landlock: landlock_create_ruleset(NULL, 0, VERSION) says so.
async function kernelConfines() {
  const ask = 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))';
  return Number((await mustRun('/usr/bin/python3', ['-c', ask])).stdout) > 0;
}

describe('The service in two processes', () => {
  const all = scope();
  let stage;
  let reference;
  let desk;
  let open;
  before(async () => {
    stage = await setStage(all, { serve: false });
    open = await stage.service.start('verify');
    desk = await stage.service.start('desk');
    reference = await stage.issueTo();
    await fetch(`${reference.link.base}/v/${reference.link.id}/record`);
  });

  test('the public one holds nothing of vault and keys open, the desk does, as a control', async () => {
    const inside = async (pid, folder) => (await filesOf(pid))
      .filter((path) => path.startsWith(`${join(stage.service.data, folder)}/`));
    for (const folder of ['vault', 'keys']) assert.deepEqual(await inside(open.pid, folder), []);
    assert.deepEqual((await filesOf(open.pid)).filter((path) => path.includes('master.key')), []);
    assert.notDeepEqual(await inside(desk.pid, 'vault'), []);
    assert.notDeepEqual(await inside(open.pid, 'ledger'), []);
  });

  test('the public one writes to no file of the installation', async () => {
    const { folder } = stage.service.at;
    for (const fd of await readdir(`/proc/${open.pid}/fd`)) {
      const path = await readlink(`/proc/${open.pid}/fd/${fd}`).catch(() => '');
      if (!path.startsWith(`${folder}/`)) continue;
      const info = await readFile(`/proc/${open.pid}/fdinfo/${fd}`, 'utf8');
      const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)[1], 8);
      assert.equal(flags & 3, 0, `${path} is open for writing`);
    }
  });

  test('the public one has taken from itself what it does not need', async () => {
    const started = events(open.stderr).find(({ event }) => event === 'started');
    assert.equal(started.confined, await kernelConfines());
    const status = await readFile(`/proc/${open.pid}/status`, 'utf8');
    assert.match(status, /^NoNewPrivs:\s*1$/m);
    // A filter on system calls, for one against connecting to the desk's socket.
    const filters = (text) => Number(/^Seccomp_filters:\s*(\d+)$/m.exec(text)[1]);
    const given = filters(await readFile('/proc/self/status', 'utf8'));
    assert.equal(filters(status), given + (started.confined ? 1 : 0));
    const limits = await readFile(`/proc/${open.pid}/limits`, 'utf8');
    assert.match(limits, /^Max core file size\s+0\s+0\b/m);
  });

  test('the desk takes no order over its socket without the token in its file', async () => {
    const socket = join(stage.service.data, 'desk.sock');
    const token = await readFile(join(stage.service.data, 'desk.token'), 'utf8');
    const bearer = (text) => ({ authorization: `Bearer ${text}` });
    const withdrawal = {
      path: '/withdraw', method: 'POST', body: JSON.stringify({ id: reference.link.id }) };
    for (const headers of [{}, bearer(''), bearer(token.slice(1)), bearer(`${token}0`),
      bearer('0'.repeat(token.length)), { authorization: token }]) {
      for (const order of [{ path: '/cases' }, { path: '/sync', method: 'POST', body: '{}' },
        withdrawal, { path: '/' }]) {
        const { status, body } = await askDesk(socket, { ...order, headers });
        assert.equal(status, 403, `${order.path} ${JSON.stringify(headers)}`);
        assert.ok(!body.includes(reference.link.id) && !body.includes('Ada'), body);
      }
    }
    assert.equal((await stage.service.told(reference.link.id)).status, 'issued');

    // With the token, as a control.
    const { status, body } = await askDesk(socket, { path: '/cases', headers: bearer(token) });
    assert.equal(status, 200);
    assert.equal(JSON.parse(body)[0].reference, reference.link.id);
  });

  test('the files of the installation are for their owner alone', async () => {
    const own = await stat(join(stage.service.data, 'desk.token'));
    assert.equal(own.mode & 0o777, 0o600);
    for (const name of ['', 'vault', 'keys', 'keys/issuer.sealed', 'desk.sock']) {
      const { mode } = await stat(join(stage.service.data, name));
      assert.equal(mode & 0o077, 0, `${name || 'data'}: ${(mode & 0o777).toString(8)}`);
    }
    const { mode } = await stat(join(stage.service.at.folder, 'master.key'));
    assert.equal(mode & 0o777, 0o600);
  });

  test('the public one answers while the desk is stopped, and takes up what it does later', async () => {
    assert.equal(await desk.stop(), 0);
    assert.equal((await verify(reference.link.text)).code, 0);
    assert.equal((await stage.service.told(reference.link.id)).status, 'issued');
    desk = await stage.service.start('desk');
    const later = await stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    assert.equal((await verify(later.link.text)).code, 0);
  });

  test('the desk issues while the public one is stopped, but no mail leaves before it answers', async () => {
    assert.equal(await open.stop(), 0);
    const person = await stage.sandbox.leaver({ first_name: 'Cem', dynamic_101: 'cem@post.example' });
    const found = async () => (await stage.service.leavers()).find(({ name }) => name.startsWith('Cem'));
    const one = await until('the reference is logged', async () => {
      const now = await found();
      return now?.stage === 'logged' && now;
    });
    assert.deepEqual(await stage.mailServer.receivedBy(person.address), []);
    open = await stage.service.start('verify');
    const later = await stage.reference(person);
    assert.equal(later.link.id, one.reference);
    assert.equal((await verify(later.link.text)).code, 0);
  });

  test('a second desk on the same data is refused in plain words', async () => {
    const second = stage.service.launch('desk');
    assert.equal(await second.ended, 78);
    const [told] = events(second.stderr).filter(({ fault }) => fault);
    assert.equal(told.event, 'start');
    assert.match(told.detail, /in use|already/i);
    assert.ok(desk.running);
    assert.equal((await verify(reference.link.text)).code, 0);
  });

  test('a second service on the same data is refused and harms nothing', async () => {
    const second = stage.service.launch();
    assert.equal(await second.ended, 78);
    assert.ok(desk.running && open.running);
    assert.equal((await verify(reference.link.text)).code, 0);
    assert.equal((await stage.service.leavers()).length, 3);
  });

  test('the public one empties its scratch folder, and clears away those of killed ones', async () => {
    const scratch = async () => (await filesOf(open.pid))
      .find((path) => path.startsWith('/dev/shm/refledger-public-')).split('/').slice(0, 4).join('/');
    const stopped = await scratch();
    assert.notDeepEqual(await readdir(stopped), []);
    assert.equal(await open.stop(), 0);
    // Confined as it is, it can empty the folder but not remove it.
    assert.deepEqual(await readdir(stopped).catch(() => []), []);

    open = await stage.service.start('verify');
    const killed = await scratch();
    await open.kill();
    assert.notDeepEqual(await readdir(killed), []);
    open = await stage.service.start('verify');
    for (const gone of [stopped, killed]) await assert.rejects(stat(gone), { code: 'ENOENT' });
    assert.ok((await stat(await scratch())).isDirectory());
  });
});

describe('One service that is asked to stop', () => {
  const all = scope();
  test('stops both processes with 0, also in the middle of work', async () => {
    const stage = await setStage(all);
    for (let each = 0; each < 5; ++each) {
      await stage.sandbox.leaver({ dynamic_101: `stop${each}@post.example` });
    }
    await until('the first mail', async () => (await stage.mailServer.received()).length > 0);
    assert.equal(await stage.child.stop(), 0);
    await assert.rejects(fetch(`${stage.service.privateUrl}/healthz`));
    stage.child = await stage.service.start();
    await until('all five mails', async () => (await stage.mailServer.received()).length === 5);
  });
});
