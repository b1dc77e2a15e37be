// Waiting for a condition, never for a time.

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/// Thrown by a condition that can no longer come true.
export class Hopeless extends Error {}

/// The first truthy value that `condition` gives.  Errors that it throws count as "not yet"; the
/// last one is told when the deadline has passed.
export async function until(what, condition, { seconds = 30, every = 50 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw new Error(`${what}: ${error.message}`);
      last = error;
    }
    if (Date.now() >= end) {
      throw new Error(`${what}: not within ${seconds} s${last ? ` (${last.message})` : ''}`);
    }
    await pause(every);
  }
}
