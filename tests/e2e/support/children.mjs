// Programs that a test starts.  None outlives it: not after a failure, and not when the test itself
// is killed (the kernel then ends them).
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.signalGroup('SIGKILL');
});

export class Child {
  /// `input` is written to standard input, which is then closed.
  constructor(program, args, { input = '', env = {}, cwd } = {}) {
    // A process group of its own, so that children of the program can be reached too.
    this.process = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      cwd, detached: true, env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', ...env },
    });
    this.name = [program.split('/').at(-1), ...args.slice(0, 3)].join(' ');
    this.parts = { stdout: [], stderr: [] };
    for (const stream of ['stdout', 'stderr']) {
      this.process[stream].on('data', (part) => this.parts[stream].push(part));
    }
    this.process.stdin.on('error', () => {});
    this.process.stdin.end(input);
    running.add(this);
    this.ended = Promise.all([once(this.process, 'exit'), once(this.process, 'close')])
      .then(([[code, signal]]) => {
        running.delete(this);
        this.code = code ?? signal;
        return this.code;
      });
  }

  get pid() { return this.process.pid; }
  get stdout() { return Buffer.concat(this.parts.stdout).toString(); }
  get stderr() { return Buffer.concat(this.parts.stderr).toString(); }
  get running() { return this.process.exitCode === null && this.process.signalCode === null; }

  signalGroup(signal) {
    try {
      process.kill(-this.process.pid, signal);
    } catch {
      // It has ended already.
    }
  }

  /// Asks it to stop and waits; after `seconds` it is killed, and that is an error.
  async stop(seconds = 40) {
    if (this.running) this.process.kill('SIGTERM');
    let late = false;
    const timer = setTimeout(() => { late = true; this.signalGroup('SIGKILL'); }, seconds * 1000);
    const code = await this.ended;
    clearTimeout(timer);
    if (late) throw new Error(`${this.name} did not stop within ${seconds} s`);
    return code;
  }

  async kill() {
    this.signalGroup('SIGKILL');
    return this.ended;
  }
}

/// Runs a program to its end.
export async function run(program, args, options) {
  const child = new Child(program, args, options);
  const code = await child.ended;
  return { code, stdout: child.stdout, stderr: child.stderr, bytes: Buffer.concat(child.parts.stdout) };
}

/// The same, for helpers that must succeed.
export async function mustRun(program, args, options) {
  const done = await run(program, args, options);
  if (done.code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${done.code}\n${done.stderr}`);
  }
  return done;
}
