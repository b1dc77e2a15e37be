// Where a test works: a folder that vanishes, ports that nobody uses, the programs under test.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
const folder = process.env.REFLEDGER_BIN ? resolve(process.env.REFLEDGER_BIN) : join(root, 'build/bin');

export const rules = join(root, 'render/letter/rules');
export const program = (name) => join(folder, name);
export const supportFile = (name) => join(root, 'tests/e2e/support', name);

/// `t` is the test, or anything else whose after() takes what is to be done at the end.
export async function temporaryFolder(t) {
  const path = await mkdtemp(join(tmpdir(), 'refledger-e2e-'));
  t.after(() => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  return path;
}

const canBind = (port) => new Promise((resolveIt) => {
  const probe = createServer();
  probe.once('error', () => resolveIt(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolveIt(true)));
});

// Below the range that the kernel takes for outgoing connections.
export async function freePort() {
  for (let attempt = 0; attempt < 200; ++attempt) {
    const port = 20000 + Math.floor(Math.random() * 12000);
    if (await canBind(port)) return port;
  }
  throw new Error('no free port');
}
