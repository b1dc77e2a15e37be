// A command of refledger on a terminal of its own, as an operator sees it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { program } from './place.mjs';
import { until } from './until.mjs';

/// What the terminal showed, typed keys included as far as it shows them, and `stty -a` of it
/// afterwards.  Each answer is typed once its question was asked.
export async function onTerminal(t, service, words, answers = []) {
  const line = [program('refledger'), ...words, '--config', service.config].join(' ');
  const whole = `${line}; code=$?; echo ==; stty -a; exit $code`;
  const child = spawn('script', ['-qec', whole, '/dev/null'], { detached: true });
  t.after(() => child.kill('SIGKILL'));
  let shown = '';
  child.stdout.on('data', (part) => { shown += part; });
  const ended = once(child, 'close');
  for (const [question, answer] of answers) {
    await until(`the question ${question}`, () => shown.includes(question));
    child.stdin.write(`${answer}\n`);
  }
  const [code] = await ended;
  const [before, modes] = shown.split('==\r\n');
  return { code, shown: before, modes };
}
