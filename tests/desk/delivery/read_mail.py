"""Reads mails with Python's own parser and prints what it finds as one JSON list."""
import email
import email.header
import email.policy
import email.utils
import json
import sys


def person(mail, plain, field):
    # The newer parser puts blanks between neighbouring encoded words of a name (against RFC 2047,
    # section 6.2); names are therefore read by the older one, addresses by both.
    name, address = email.utils.parseaddr(plain[field])
    [found] = mail[field].addresses
    assert found.addr_spec == address
    return {"name": str(email.header.make_header(email.header.decode_header(name))),
            "address": address}


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    mail = email.message_from_bytes(data, policy=email.policy.SMTP)
    plain = email.message_from_bytes(data)
    defects = [str(d) for part in mail.walk() for d in part.defects]
    for value in mail.values():
        defects += [str(d) for d in getattr(value, "defects", [])]
    text, *attachments = mail.iter_parts()
    return {
        "defects": defects,
        "from": person(mail, plain, "From"),
        "to": person(mail, plain, "To"),
        "subject": str(mail["Subject"]),
        "date": mail["Date"].datetime.isoformat(),
        "message_id": mail["Message-ID"],
        "auto_submitted": mail["Auto-Submitted"],
        "headers": mail.keys(),
        "text": text.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n"),
        "attachments": [{
            "name": part.get_filename(),
            "type": part.get_content_type(),
            "bytes": list(part.get_payload(decode=True)),
        } for part in attachments],
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))
