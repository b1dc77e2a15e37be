"""A real SMTP server (Debian's aiosmtpd) on a free port; writes what it accepts to a folder.

smtp_sink.py FOLDER plain|starttls|tls CHAIN KEY AUTH
AUTH is "none", or the login methods to leave out ("PLAIN", "LOGIN", "-").  The only user is
"desk" with the password "pass word".
"""
import asyncio
import base64
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, mode, chain, key, auth = sys.argv[1:6]


class Keep:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        (pathlib.Path(folder) / f"{Keep.count}.json").write_text(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "authenticated": bool(session.authenticated),
            "content": base64.b64encode(envelope.original_content).decode(),
        }))
        return "250 kept"


def check(server, session, envelope, mechanism, data):
    good = data.login == b"desk" and data.password == b"pass word"
    return AuthResult(success=good, handled=False)


def protocol():
    options = {}
    if auth != "none":
        options = {"authenticator": check, "auth_required": True,
                   "auth_require_tls": mode == "starttls",
                   "auth_exclude_mechanism": [] if auth == "-" else [auth]}
    if mode == "starttls":
        options.update(tls_context=context, require_starttls=True)
    return SMTP(Keep(), hostname="sink.example", **options)


context = None
if mode != "plain":
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)


async def main():
    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if mode == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
