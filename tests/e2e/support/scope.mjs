// What a whole describe() shares: things started in before() end in after().
import { after } from 'node:test';

/// Call it inside describe(); gives something whose after() is like a test's.
export function scope() {
  const actions = [];
  after(async () => {
    for (const action of actions.reverse()) await action();
  });
  return { after: (action) => actions.push(action) };
}
