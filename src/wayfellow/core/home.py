"""WAYFELLOW_HOME: the folder with database, files and the generated secret, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def make_home(home: Path) -> None:
    """Create the folder (mode 700) and its `files/` if missing."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "files").mkdir(mode=0o700, exist_ok=True)


def secret_key(home: Path) -> str:
    """The secret in `home/secret`, generated on first use with mode 600. Safe when two processes start at once."""
    path = home / "secret"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        make_home(home)
    draft = home / f"secret.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
