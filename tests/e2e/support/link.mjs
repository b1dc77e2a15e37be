// What the QR code and the typed code hold, by a second implementation.
// Source: docs/format/link.md

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkDigits = `${digits}*~$=U`;

export function fromBase32(text) {
  let value = 0n;
  for (const letter of text) {
    const digit = digits.indexOf(letter);
    if (digit < 0) throw new Error(`not base32: ${letter}`);
    value = value * 32n + BigInt(digit);
  }
  if (text.length !== 26 || value % 4n !== 0n) throw new Error('not 16 bytes in base32');
  return Buffer.from((value / 4n).toString(16).padStart(32, '0'), 'hex');
}

export function toBase32(bytes) {
  let value = BigInt(`0x${bytes.toString('hex')}`) * 4n;
  let text = '';
  for (let at = 0; at < 26; ++at) {
    text = digits[Number(value % 32n)] + text;
    value /= 32n;
  }
  return text;
}

export function checkSymbol(text) {
  let value = 0n;
  for (const letter of text) value = value * 32n + BigInt(digits.indexOf(letter));
  return checkDigits[Number(value % 37n)];
}

/// {base, id, secret, idBytes, secretBytes} of the QR code's text.
export function parseLink(text) {
  const found = /^(https?:\/\/[^/#]+)\/v\/([0-9A-Z]{26})#([0-9A-Z]{26})$/i.exec(text);
  if (!found) throw new Error(`not a link: ${text}`);
  const [, base, id, secret] = found;
  return {
    text, base: base.toLowerCase(), id, secret,
    idBytes: fromBase32(id), secretBytes: fromBase32(secret),
  };
}
