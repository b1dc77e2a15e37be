// The names of a log over its epochs: NAME, NAME/epoch-2, NAME/epoch-3, ... up to 999.
//
// Source   docs/ledger.md, "Epochs"

function partsOf(origin) {
  const written = /^(.+)\/epoch-([1-9][0-9]{0,2})$/s.exec(origin);
  if (written === null || written[2] === "1") return { name: origin, epoch: 1 };
  return { name: written[1], epoch: Number(written[2]) };
}

/** Whether `earlier` is `origin` itself or the same log's name in an epoch before. */
export function isSameLog(earlier, origin) {
  const [before, now] = [partsOf(earlier), partsOf(origin)];
  return before.name === now.name && before.epoch <= now.epoch;
}
