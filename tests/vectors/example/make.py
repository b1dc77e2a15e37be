#!/usr/bin/env python3
"""Writes the worked examples of docs/format, from the specifications and not from our own code.

The tests read these files with the real parsers and write them again with the real writers, so a
mistake must be made twice, in two languages, to go unseen.  Needs python3-cryptography.
Run in this folder; the files come out byte for byte the same each time, but for status.jwt's
compressed list, which may differ with another zlib.
"""
import base64
import hashlib
import hmac
import json
import os
import zlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ORIGIN = "refs.example.com/log"
BASE = "https://refs.example.com"
ISS = "https://muster.example"


def sha(data):
    return hashlib.sha256(data).digest()


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b64(data):
    return base64.b64encode(data).decode()


def jcs(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def drawn(what, length):
    """Fixed bytes in the place of random ones."""
    return sha(b"refledger worked example: " + what.encode())[:length]


def base32(data):
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[i:i + 5], 2)]
                   for i in range(0, len(bits), 5))


class Key:
    def __init__(self, what):
        self.seed = drawn(what + " key", 32)
        self.private = Ed25519PrivateKey.from_private_bytes(self.seed)
        self.public = self.private.public_key().public_bytes(serialization.Encoding.Raw,
                                                             serialization.PublicFormat.Raw)
        self.kid = b64u(sha(jcs({"crv": "Ed25519", "kty": "OKP", "x": b64u(self.public)})))

    def sign(self, message):
        return self.private.sign(message)


def jws(typ, payload, key):
    header = jcs({"alg": "EdDSA", "kid": key.kid, "typ": typ})
    signing_input = b64u(header) + "." + b64u(payload)
    return signing_input + "." + b64u(key.sign(signing_input.encode()))


def entry(payload, key):
    return jws("refledger-entry+jws", jcs({**payload, "log": ORIGIN, "v": 1}), key)


def key_added(payload, added, signer):
    payload = {"act": "key-added", "key": b64u(added.public), **payload}
    message = b"refledger-pop-v1\0" + jcs({**payload, "log": ORIGIN, "v": 1})
    return entry({**payload, "pop": b64u(added.sign(message))}, signer)


def hash_of(text):
    return b64u(sha(text.encode()))


# ---- the tree of RFC 9162 section 2.1, by its recursive definition --------------------------------

def split(count):
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def root(leaves):
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    k = split(len(leaves))
    return sha(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return path(index, leaves[:k]) + [root(leaves[k:])]
    return path(index - k, leaves[k:]) + [root(leaves[:k])]


# ---- one small company ----------------------------------------------------------------------------

log, witness = Key("log"), Key("witness")
first, second, status, recovery = Key("issuer"), Key("second issuer"), Key("status"), Key("recovery")
ID, SECRET, SHARE = drawn("id", 16), drawn("secret", 16), drawn("share", 32)
other_id = drawn("other id", 16)
document = b"%PDF-1.7 in the place of a whole document\n"

claims = {
    "given_name": "Zoë", "family_name": "Muster-Łukasiewicz", "birthdate": "1988-02-29",
    "employer": "Muster AG", "position": "Projektleiterin", "department": "Einkauf",
    "employed_from": "2019-04-01", "employed_to": "2026-10-31", "workload": "80 %",
    "reference_type": "confirmation", "governing_law": "CH", "document_date": "2026-10-31",
    "language": "de", "signing_mode": "company-seal",
    "text": "Wir bestätigen die Anstellung.\n\nMuster AG",
}
disclosures = [b64u(jcs([b64u(drawn("salt " + name, 16)), name, claims[name]]))
               for name in sorted(claims)]
credential = jws("dc+sd-jwt", jcs({
    "_sd": sorted(hash_of(each) for each in disclosures), "_sd_alg": "sha-256", "iss": ISS,
    "status": {"status_list": {"idx": 4711, "uri": BASE + "/status/0"}},
    "vct": BASE + "/vct/employment-reference/1"}), first)


def ref(reference_id):
    return b64u(sha(b"refledger-ref-v1\0" + reference_id))


entries = [key_added({"iss": ISS, "name": "Muster AG", "prev": None,
                      "recovery": b64u(recovery.public), "use": "issuer"}, first, first)]
entries.append(key_added({"iss": ISS, "name": "Muster AG status", "prev": hash_of(entries[0]),
                          "recovery": None, "use": "status"}, status, first))
entries.append(entry({"act": "issued", "cred": hash_of(credential), "doc": b64u(sha(document)),
                      "ref": ref(ID)}, first))
entries.append(entry({"act": "issued", "cred": b64u(drawn("other credential", 32)),
                      "ref": ref(other_id)}, first))
entries.append(entry({"act": "withdrawn", "idx": 99, "list": 0, "ref": ref(other_id)}, first))
entries.append(key_added({"iss": ISS, "name": "Muster AG", "prev": hash_of(entries[1]),
                          "recovery": None, "use": "issuer"}, second, first))
entries.append(entry({"act": "key-retired", "bad_from": None, "iss": ISS, "kid": first.kid,
                      "prev": hash_of(entries[5])}, second))

leaves = [each.encode() for each in entries]
checkpoint_text = f"{ORIGIN}\n{len(leaves)}\n{b64(root(leaves))}\n"


def key_id(name, typ, key):
    return sha(name.encode() + b"\n" + bytes([typ]) + key.public)[:4]


def vkey(name, typ, key):
    return f"{name}+{key_id(name, typ, key).hex()}+{b64(bytes([typ]) + key.public)}"


def note_line(name, typ, key, signature):
    return f"— {name} {b64(key_id(name, typ, key) + signature)}\n"


TIME = 1793404800
WITNESS = "witness.example.org"
checkpoint = (checkpoint_text + "\n" +
              note_line(ORIGIN, 1, log, log.sign(checkpoint_text.encode())))
cosigned = checkpoint + note_line(
    WITNESS, 4, witness, TIME.to_bytes(8, "big") +
    witness.sign(f"cosignature/v1\ntime {TIME}\n{checkpoint_text}".encode()))


def receipt(index, signed):
    hashes = "".join(b64(each) + "\n" for each in path(index, leaves))
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{signed}"


# The log closed by its root key, and going on in a second epoch under another key.
root_key, second_log = Key("root"), Key("second log")
closing_text = ("refledger-closing/v1\n" + checkpoint_text + "ended\n" +
                f"next {vkey(ORIGIN + '/epoch-2', 1, second_log)}\n")
closing = (closing_text + "\n" +
           note_line(ORIGIN + "/root", 1, root_key, root_key.sign(closing_text.encode())))

bits = bytearray(1 << 15)
bits[99 // 4] |= 1 << (99 % 4 * 2)
token = jws("statuslist+jwt", jcs({
    "exp": TIME + 86400, "iat": TIME, "iss": ISS,
    "refledger": {"origin": ORIGIN, "root": b64u(root(leaves)), "size": len(leaves)},
    "status_list": {"bits": 2, "lst": b64u(zlib.compress(bytes(bits), 9))},
    "sub": BASE + "/status/0", "ttl": 3600}), status)

proof = {"entry": entries[2], "id": base32(ID),
         "keys": [{"entry": entries[i], "receipt": receipt(i, checkpoint)} for i in (0, 1)],
         "receipt": receipt(2, checkpoint), "status": token, "v": 1}

extracted = hmac.digest(ID, SECRET + SHARE, "sha256")
record_key = hmac.digest(extracted, b"refledger sealed record v1\x01", "sha256")
plain = jcs({"credential": credential, "disclosures": disclosures})
plain += bytes(-len(plain) % 4096)
nonce = drawn("nonce", 12)
record = b"\1" + nonce + AESGCM(record_key).encrypt(nonce, plain, b"\1" + ID)

trust = f"""# Who may be believed about references of refs.example.com.
log {vkey(ORIGIN, 1, log)} https://refs.example.com/log
witness harbour {vkey(WITNESS, 4, witness)}
group witnesses 1 harbour
quorum none
issuer {ISS} {first.kid}
root {vkey(ORIGIN + "/root", 1, root_key)}
"""


def write(name, content):
    with open(os.path.join(os.path.dirname(__file__) or ".", name), "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


for number, each in enumerate(entries):
    write(f"entry-{number}.jws", each)
write("checkpoint.txt", checkpoint)
write("checkpoint-cosigned.txt", cosigned)
write("closing.txt", closing)
write("closings.json", jcs([closing]))
write("receipt.tlog-proof", receipt(2, checkpoint))
write("withdrawal.tlog-proof", receipt(4, checkpoint))
write("reference.sd-jwt", "~".join([credential, *disclosures, ""]))
write("record.bin", record)
write("status.jwt", token)
write("example.refproof", jcs(proof))
write("trust.txt", trust)
write("link.txt", f"HTTPS://REFS.EXAMPLE.COM/V/{base32(ID)}#{base32(SECRET)}")
write("document.pdf.txt", document)
write("secrets.json", json.dumps({
    "note": "Public example keys and secrets: never use them for anything else.",
    "log": log.seed.hex(), "issuer": first.seed.hex(), "second": second.seed.hex(),
    "status": status.seed.hex(), "recovery": recovery.seed.hex(), "witness": witness.seed.hex(),
    "root_key": root_key.seed.hex(), "second_log": second_log.seed.hex(),
    "id": ID.hex(), "secret": SECRET.hex(), "share": SHARE.hex(), "nonce": nonce.hex(),
    "salts": "".join(drawn("salt " + name, 16).hex() for name in sorted(claims)),
    "record_key": record_key.hex(), "witness_vkey": vkey(WITNESS, 4, witness),
    "root": root(leaves).hex()}, indent=1) + "\n")
