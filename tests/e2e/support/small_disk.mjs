// A disk small enough to be filled: a tmpfs of its own.  Mounting it takes root.
import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from './children.mjs';
import { temporaryFolder } from './place.mjs';

export class SmallDisk {
  static async mount(t, megabytes) {
    const disk = new SmallDisk();
    disk.folder = await temporaryFolder(t);
    disk.ballast = join(disk.folder, 'ballast');
    await mustRun('mount',
      ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'refledger-e2e', disk.folder]);
    // Lazily: whatever still uses it keeps it until it ends.
    const unmount = () => spawnSync('umount', ['-l', disk.folder]);
    process.on('exit', unmount);
    t.after(() => { process.off('exit', unmount); unmount(); });
    return disk;
  }

  /// Writes until nothing more goes in; throws unless the disk says that it is full.
  async fill() {
    const file = await open(this.ballast, 'a');
    try {
      for (const size of [1 << 20, 4096, 1]) {
        await this.#fillWith(file, Buffer.alloc(size));
      }
    } finally {
      await file.close();
    }
  }

  async #fillWith(file, block) {
    for (;;) {
      try {
        await file.write(block);
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
        return;
      }
    }
  }

  /// Gives the room back.
  empty() { return rm(this.ballast); }
}
