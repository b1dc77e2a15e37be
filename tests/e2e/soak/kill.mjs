// The long form of killed_at_any_moment.test.mjs: kill.mjs TIMES SEED FILE
//
// FILE is where the expectation is kept: who left, which message and which entries were seen.  It
// and the installation stay when something fell short.
import { finishAndCheck, killLoop } from '../support/kill_loop.mjs';
import { setStage } from '../support/stage.mjs';

const [times, seed, file] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const endings = [];
let fellShort = false;
const run = {
  after: (action) => endings.push(action),
};

let stage;
try {
  stage = await setStage(run, { serve: false });
  const expected = await killLoop(stage, {
    kills: times, seed, file, tell: (line) => console.log(line),
  });
  await finishAndCheck(stage, expected);
  console.log(`${times} kills: ${expected.leavers.length} leavers, each with exactly one ` +
    'reference, one entry and one message');
} catch (error) {
  fellShort = true;
  console.error(error);
  console.error(stage?.service.journal.slice(-20000) ?? '');
}
// The folder is the first thing made, so its removal is the last thing to be done.
const removal = endings.shift();
for (const ending of endings.reverse()) await ending();
if (fellShort) console.error(`kept for a look: ${stage?.folder}, ${file}`);
else await removal?.();
process.exit(fellShort ? 1 : 0);
