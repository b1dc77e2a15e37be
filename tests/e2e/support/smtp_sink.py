"""A mail server that keeps every message in a folder, byte for byte, and can be told to fail.

  smtp_sink.py FOLDER PORT     prints the port it listens on, one line (PORT 0: any free one)

FOLDER/NNNN.eml is a message as it came; NNNN.json, written last, tells its envelope and how it was
answered.  FOLDER/faults, one word a line, is used up from the top, one line a message:
  451   not now: nothing is kept
  550   never: nothing is kept
  cut   kept, but the connection ends between the final dot and the answer
  hold  kept, but the answer to the final dot never comes; the connection stays open
"""
import asyncio
import json
import os
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.count = len(list(folder.glob("*.json")))

    def next_fault(self) -> str:
        try:
            faults = (self.folder / "faults").read_text().split()
        except FileNotFoundError:
            return ""
        if not faults:
            return ""
        self.write("faults", "\n".join(faults[1:]).encode())
        return faults[0]

    def write(self, name: str, content: bytes) -> None:
        new = self.folder / f"{name}.new"
        new.write_bytes(content)
        os.replace(new, self.folder / name)

    def keep(self, envelope, answer: str) -> None:
        self.count += 1
        told = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "answer": answer}
        self.write(f"{self.count:04}.eml", envelope.content)
        self.write(f"{self.count:04}.json", json.dumps(told).encode())

    async def handle_DATA(self, server, session, envelope):
        fault = self.next_fault()
        if fault == "451":
            return "451 4.3.0 Not now"
        if fault == "550":
            return "550 5.7.1 Never"
        self.keep(envelope, fault or "250")
        if fault == "cut":
            server.transport.abort()
        if fault == "hold":
            await asyncio.get_running_loop().create_future()  # until the other side is gone
        return "250 2.0.0 Kept"


async def serve(folder: pathlib.Path, port: int) -> None:
    keeper = Keeper(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, hostname="sink.example", enable_SMTPUTF8=True), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
