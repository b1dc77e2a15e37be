"""Prints a mail as JSON: headers, body text, attachments in base64.  Strict: defects are errors."""
import base64
import email
import email.policy
import json
import sys

mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
for part in mail.walk():
    if part.defects:
        sys.exit(f"defects: {part.defects}")
body = mail.get_body(("plain",))
json.dump({
    "headers": [[name.lower(), str(value)] for name, value in mail.items()],
    "text": body.get_content() if body else "",
    "attachments": [{
        "name": part.get_filename(),
        "type": part.get_content_type(),
        "base64": base64.b64encode(part.get_payload(decode=True)).decode(),
    } for part in mail.iter_attachments()],
}, sys.stdout)
