// Two companies that watch each other's logs: each runs a witness for the other, and whoever checks a
// reference is told no longer that nobody independent has seen the log.
import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { Child, mustRun } from './support/children.mjs';
import { freePort, program } from './support/place.mjs';
import { scope } from './support/scope.mjs';
import { events, verify } from './support/service.mjs';
import { setStage } from './support/stage.mjs';
import { until } from './support/until.mjs';

describe('Two companies watching each other', () => {
  const all = scope();
  const companies = [];
  before(async () => {
    for (const name of ['north', 'south']) {
      const stage = await setStage(all, { serve: false });
      const { service } = stage;
      const port = await freePort();
      await appendFile(service.config, `witness.name = ${name}.example/witness
witness.listen = 127.0.0.1:${port}
witness.logs = watched.txt
witness.policy = policy.txt
`);
      await writeFile(join(service.at.folder, 'policy.txt'), 'quorum none\n');
      const asked = await mustRun(program('refledger'), ['witness', 'vkey', '--config', service.config]);
      companies.push({ name, stage, service, port, witnessKey: asked.stdout.trim() });
    }
    for (const [at, company] of companies.entries()) {
      const other = companies[1 - at];
      const logKey = (await readFile(join(other.service.data, 'log.vkey'), 'utf8')).trim();
      await writeFile(join(company.service.at.folder, 'watched.txt'), `log ${logKey}\nquorum none\n`);
      await writeFile(join(company.service.at.folder, 'policy.txt'),
        `witness ${other.name} ${other.witnessKey} http://127.0.0.1:${other.port}\nquorum ${other.name}\n`);
      // Writes the policy into the trust file that is handed out.
      assert.equal((await company.service.command(['init'])).code, 0);
      company.startWitness = async () => {
        company.witness = new Child(program('refledger'), ['witness', '--config', company.service.config]);
        all.after(() => company.witness.kill());
        await until('the witness listens', () =>
          events(company.witness.stderr).some((each) => each.event === 'started'));
      };
      await company.startWitness();
    }
    for (const company of companies) company.stage.child = await company.service.start();
  });

  const cosigned = (company, size) => until('the checkpoint is cosigned', async () => {
    const note = await (await fetch(`${company.service.publicUrl}/log/checkpoint`)).text();
    const other = companies.find((each) => each !== company);
    return note.includes(`— ${other.name}.example/witness `) &&
      Number(note.split('\n')[1]) >= size && note;
  });

  test('every new state is cosigned by the other, soon and without anybody waiting', async () => {
    for (const company of companies) {
      company.reference = await company.stage.issueTo();
      await cosigned(company, await company.service.treeSize());
    }
  });

  test('the verifier then has no remark that nobody independent has seen the log', async () => {
    for (const { service, reference } of companies) {
      const trust = join(service.data, 'trust.txt');
      assert.match(await readFile(trust, 'utf8'), /^witness /m);
      const checked = await until('the status is of a cosigned state', async () => {
        const done = await verify(reference.link.text, '--trust', trust, '--json');
        return done.code === 0 && JSON.parse(done.stdout);
      });
      assert.ok(!JSON.stringify(checked.remarks).includes('witness'), JSON.stringify(checked.remarks));
      // The control: with the log's key alone the remark is there.
      const alone = JSON.parse((await verify(reference.link.text, '--json')).stdout);
      assert.ok(JSON.stringify(alone.remarks).includes('witness'));
    }
  });

  test('fsck holds every cosigned checkpoint against the tree', async () => {
    for (const { service } of companies) {
      const done = await service.command(['log', 'fsck', '--json']);
      assert.equal(done.code, 0, done.stdout);
      assert.ok(JSON.parse(done.stdout).checkpoints > 3);
    }
  });

  test('a witness that is away holds up nothing, and catches up when it is back', async () => {
    const [north, south] = companies;
    await south.witness.kill();
    const later = await north.stage.issueTo({ first_name: 'Bea', dynamic_101: 'bea@post.example' });
    assert.equal((await verify(later.link.text)).code, 0);
    await south.startWitness();
    await cosigned(north, await north.service.treeSize());
  });
});
