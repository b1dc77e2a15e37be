// A small reader of the public log, written from the specifications and sharing nothing with the
// programs under test.
// Source: c2sp.org/signed-note, tlog-checkpoint, tlog-tiles, tlog-proof; RFC 9162 §2.1
import { createHash, createPublicKey, verify } from 'node:crypto';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const leafHash = (entry) => sha256(Buffer.of(0), entry);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

export const ed25519Key = (raw) => createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk',
});

/// {name, id, key} of NAME+HEX+BASE64.
export function parseVkey(text) {
  const [name, id, encoded] = text.trim().split(/\+(.*?)\+(.*)/s);
  const typed = Buffer.from(encoded, 'base64');
  const computed = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4).toString('hex');
  if (typed[0] !== 1 || typed.length !== 33 || computed !== id) throw new Error('bad vkey');
  return { name, id, key: ed25519Key(typed.subarray(1)) };
}

/// {origin, size, root} of a note signed by `vkey`.
export function readCheckpoint(note, vkey) {
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const signed = note.slice(end + 2).trimEnd().split('\n').some((line) => {
    const [dash, name, encoded] = line.split(' ');
    const bytes = Buffer.from(encoded, 'base64');
    return dash === '—' && name === vkey.name && bytes.subarray(0, 4).toString('hex') === vkey.id &&
      verify(null, Buffer.from(text), vkey.key, bytes.subarray(4));
  });
  if (!signed) throw new Error('the checkpoint is not signed by the log');
  const [origin, size, root] = text.split('\n');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/// The root over leaf hashes, straight from the definition.
export function rootOf(hashes) {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/// The root that an inclusion proof leads to.
export function rootFromPath(leaf, index, size, path) {
  let [node, last, at] = [leaf, size - 1, index];
  for (const sibling of path) {
    if (last === 0) throw new Error('the proof is too long');
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Error('the proof is too short');
  return node;
}

/// {index, path, checkpoint} of a tlog-proof.
export function parseReceipt(text) {
  const end = text.indexOf('\n\n');
  const [kind, index, ...path] = text.slice(0, end).split('\n');
  if (kind !== 'c2sp.org/tlog-proof@v1') throw new Error(`unknown proof: ${kind}`);
  return {
    index: Number(/^index (\d+)$/.exec(index)[1]),
    path: path.map((line) => Buffer.from(line, 'base64')),
    checkpoint: text.slice(end + 2),
  };
}

function parseBundle(bundle) {
  const entries = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

const tilePath = (index, width) => {
  const parts = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return parts.join('/') + (width === 256 ? '' : `.p/${width}`);
};

async function bytesOf(url) {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/// Reads the whole log under `base` (…/log): checkpoint checked against `vkey`, every entry, and the
/// hashes of level 0 as the log tells them.
export async function readLog(base, vkey) {
  const note = (await bytesOf(`${base}/checkpoint`)).toString();
  const checkpoint = readCheckpoint(note, vkey);
  const entries = [];
  const hashes = [];
  for (let tile = 0; tile * 256 < checkpoint.size; ++tile) {
    const path = tilePath(tile, Math.min(256, checkpoint.size - tile * 256));
    entries.push(...parseBundle(await bytesOf(`${base}/tile/entries/${path}`)));
    const level0 = await bytesOf(`${base}/tile/0/${path}`);
    for (let at = 0; at < level0.length; at += 32) hashes.push(level0.subarray(at, at + 32));
  }
  return { note, checkpoint, entries, hashes };
}

/// What an entry says.
export const payloadOf = (entry) =>
  JSON.parse(Buffer.from(entry.toString().split('.')[1], 'base64url').toString());
