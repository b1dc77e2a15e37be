// The Merkle tree: that an entry is in the log.
//
// Source   RFC 9162 §2.1.1, §2.1.3.2
import { equal, sha256 } from "./bytes.js";

export function leafHash(entry) {
  return sha256(Uint8Array.of(0), entry);
}

function childrenHash(left, right) {
  return sha256(Uint8Array.of(1), left, right);
}

/** Whether `leaf` stands at `index` in the tree of `size` entries with that root. */
export async function isIncluded(leaf, index, size, path, root) {
  if (index >= size) return false;
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return false;
    if (at % 2n === 1n || at === last) {
      hash = await childrenHash(sibling, hash);
      while (at % 2n === 0n && at !== 0n) {
        at /= 2n;
        last /= 2n;
      }
    } else {
      hash = await childrenHash(hash, sibling);
    }
    at /= 2n;
    last /= 2n;
  }
  return last === 0n && equal(hash, root);
}
