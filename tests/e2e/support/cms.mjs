// Signers elsewhere: a bare signature, and a whole CMS as a signing service makes it.
// Source: RFC 5652 §5, RFC 5035 §3 (signing-certificate-v2)
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

function element(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length]
    : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts) => element(0x30, ...parts);
// DER wants the members of a set in the order of their bytes.
const set = (tag, parts) => element(tag, ...[...parts].sort(Buffer.compare));

function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const septets = [];
    for (let left = number; septets.length === 0 || left > 0; left = Math.floor(left / 128)) {
      septets.unshift((left % 128) | (septets.length ? 128 : 0));
    }
    bytes.push(...septets);
  }
  return element(6, Buffer.from(bytes));
}

const data = oid('1.2.840.113549.1.7.1');
const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'));
const attribute = (type, value) => sequence(oid(type), element(0x31, value));

/// The parts of an element whose parts these are.
function partsOf(der) {
  const long = der[1] & 0x80 ? der[1] & 0x7f : 0;
  const parts = [];
  for (let at = 2 + long; at < der.length;) {
    const more = der[at + 1] & 0x80 ? der[at + 1] & 0x7f : 0;
    const length = more ? der.readUIntBE(at + 2, more) : der[at + 1];
    const end = at + 2 + more + length;
    parts.push(der.subarray(at, end));
    at = end;
  }
  return parts;
}

// Issuer and serial number: the fields behind the version, which v3 certificates have.
function issuerAndSerial(certificate) {
  const [toBeSigned] = partsOf(certificate);
  const [, serial, , issuer] = partsOf(toBeSigned);
  return sequence(issuer, serial);
}

/// ECDSA over the signed attributes, in DER.
export const bareSignature = (keyPem, attributes) => sign('sha256', attributes, keyPem);

/// Detached, one signer, over a document with this digest (base64).  `more`: further attributes.
export function wholeCms(keyPem, certificatePem, digest, more = []) {
  const certificate = Buffer.from(new X509Certificate(certificatePem).raw);
  const signed = [
    attribute('1.2.840.113549.1.9.3', data),
    attribute('1.2.840.113549.1.9.4', element(4, Buffer.from(digest, 'base64'))),
    attribute('1.2.840.113549.1.9.16.2.47',
      sequence(sequence(sequence(element(4, sha256(certificate)))))),
    ...more,
  ];
  const signature = sign('sha256', set(0x31, signed), createPrivateKey(keyPem));
  const signer = sequence(element(2, Buffer.from([1])), issuerAndSerial(certificate),
    sha256Algorithm, set(0xa0, signed), sequence(oid('1.2.840.10045.4.3.2')),
    element(4, signature));
  const content = sequence(element(2, Buffer.from([1])), element(0x31, sha256Algorithm),
    sequence(data), element(0xa0, certificate), element(0x31, signer));
  return sequence(oid('1.2.840.113549.1.7.2'), element(0xa0, content));
}

/// What the baseline forbids and many programs add.
export const signingTime = () => attribute('1.2.840.113549.1.9.5',
  element(0x17, Buffer.from(`${new Date().toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`)));
