// Small forgeries: what is altered stays well-formed, so that only the cryptography can notice.

/// One bit of the bytes that `text` encodes, at a fraction of their length.
export function flipInBase64(text, where, encoding = 'base64') {
  const bytes = Buffer.from(text, encoding);
  bytes[Math.floor((bytes.length - 1) * where)] ^= 1;
  return bytes.toString(encoding);
}

export function flipInJwsSignature(jws) {
  const [head, payload, signature] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] ^= 1;
  return [head, payload, bytes.toString('base64url')].join('.');
}

/// The payload with `change` applied to it as an object whose members keep their order.
export function changeJwsPayload(jws, change) {
  const [head, payload, signature] = jws.split('.');
  const content = JSON.parse(Buffer.from(payload, 'base64url'));
  change(content);
  const changed = Buffer.from(JSON.stringify(content)).toString('base64url');
  return [head, changed, signature].join('.');
}
