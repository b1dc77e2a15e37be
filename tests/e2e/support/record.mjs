// The sealed record, opened and sealed again by a second implementation.
// Source: docs/format/sealed-record.md
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const block = 4096;

function keyOf(link, share) {
  const material = Buffer.concat([link.secretBytes, share]);
  return Buffer.from(
    hkdfSync('sha256', material, link.idBytes, 'refledger sealed record v1', 32));
}

const boundTo = (link) => Buffer.concat([Buffer.of(1), link.idBytes]);

/// {credential, disclosures} from the answer of /v/ID/record.
export function openRecord(answer, link) {
  const sealed = Buffer.from(answer.sealed, 'base64url');
  const key = keyOf(link, Buffer.from(answer.share, 'base64url'));
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
  cipher.setAAD(boundTo(link));
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(13, -16)), cipher.final()]);
  return JSON.parse(plain.toString().replace(/\0+$/, ''));
}

/// The answer of /v/ID/record with other content under the same keys.
export function sealRecord(answer, link, content) {
  const text = Buffer.from(JSON.stringify(content));
  const plain = Buffer.concat([text, Buffer.alloc((block - (text.length % block)) % block)]);
  const nonce = randomBytes(12);
  const key = keyOf(link, Buffer.from(answer.share, 'base64url'));
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(boundTo(link));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const sealed = Buffer.concat([Buffer.of(1), nonce, body, cipher.getAuthTag()]);
  return { ...answer, sealed: sealed.toString('base64url') };
}
