"""A mail server of its own process: `python smtp_peer.py FILE` prints its port, and writes down each Message-ID."""

import asyncio
import email
import os
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Counting:
    """Writes one line a mail, in one system call, so that a mail is counted or it is not."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content)
        os.write(self.file, f"{envelope.rcpt_tos[0]} {message['Message-ID']}\n".encode())
        return "250 OK"


async def serve(path: str) -> None:
    handler = Counting(path)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
