"""A real IMAP server on loopback: Dovecot, run by whoever runs the tests, in a folder of its own."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "only-for-tests"
CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {inner}
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}
}}
namespace inbox {{
  inbox = yes
  {namespace}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def find_dovecot() -> str | None:
    """Debian puts it where only root looks."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


class Mailbox:
    """The mailbox that the server keeps, as its owner sees it."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port

    @property
    def url(self) -> str:
        return f"imap://reply:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def put(self, *mails: bytes) -> None:
        with self._open() as server:
            for mail in mails:
                assert server.append("INBOX", None, None, mail)[0] == "OK"

    def folders(self) -> dict[str, int]:
        """How many mails each folder holds that holds any."""
        found = {}
        with self._open() as server:
            for line in server.list()[1]:
                name = line.decode().rsplit('"', 2)[-2] if line.endswith(b'"') else line.decode().rsplit(" ", 1)[-1]
                if count := int(server.select(f'"{name}"', readonly=True)[1][0]):
                    found[name] = count
        return found

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as server:
            server.login("reply", PASSWORD)
            yield server


@contextmanager
def imap_server(*, namespace: str = "") -> Iterator[Mailbox]:
    """Start one, with an empty mailbox; ends and removes it. Missing: skipped here, failed in CI."""
    dovecot = find_dovecot()
    if dovecot is None:
        words = "Dovecot is missing; add it: sudo apt-get install -y dovecot-imapd"
        if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            pytest.fail(words)
        pytest.skip(words)
    home = Path(tempfile.mkdtemp(prefix="wf-imap-", dir="/tmp"))  # short: the path of a socket has a limit
    me = pwd.getpwuid(os.geteuid())
    user, inner = (me.pw_name, me.pw_name) if os.geteuid() else ("nobody", "dovenull")
    (home / "run").mkdir()
    (home / "mail").mkdir()
    if not os.geteuid():
        shutil.chown(home / "mail", user)
        home.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    values: dict[str, Any] = {"home": home, "port": port, "password": PASSWORD, "namespace": namespace}
    values |= {"user": user, "group": grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name}
    values |= {"inner": inner, "inner_group": grp.getgrgid(pwd.getpwnam(inner).pw_gid).gr_name}
    (home / "dovecot.conf").write_text(CONFIG.format(**values))
    server = subprocess.Popen([dovecot, "-F", "-c", str(home / "dovecot.conf")], stdin=subprocess.DEVNULL)
    try:
        _wait(server, port, home)
        yield Mailbox(home, port)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: Any, port: int, home: Path) -> None:
    for _try in range(100):
        if server.poll() is not None:
            break
        try:
            with imaplib.IMAP4("127.0.0.1", port, timeout=5) as client:
                client.login("reply", PASSWORD)
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
    log = home / "log"
    pytest.fail(f"Dovecot did not start: {log.read_text()[-800:] if log.exists() else server.poll()}")
