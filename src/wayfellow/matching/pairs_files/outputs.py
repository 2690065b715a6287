"""Write results: all of the files or none, and never half of one."""

import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


class OutputRefused(ValueError):
    """A result cannot be written where it was asked for."""


def check_outputs(outputs: Mapping[str, Path], *, inputs: Sequence[Path] = ()) -> None:
    """Look whether results can be written, before any work is done for them.

    Args:
        outputs: paths by the option that named them.
        inputs: files that must stay as they are, whether they exist or not.

    Raises:
        OutputRefused: with a line for each that cannot be written.
    """
    kept = {_real(path) for path in inputs}
    seen: dict[Path, str] = {}
    faults = []
    for option, path in outputs.items():
        words = _fault(path)
        real = _real(path)
        if not words and (real in kept or any(_same(path, other) for other in inputs)):
            words = "this is one of the files that are read"
        if not words and real in seen:
            words = f"this is the file of {seen[real]}"
        seen[real] = option
        if words:
            faults.append(f"{option} {path}: {words}")
    if faults:
        raise OutputRefused("\n".join(faults))


def write_outputs(contents: Mapping[Path, bytes]) -> None:
    """Write the files beside their places first, then put them there.

    Raises:
        OutputRefused: the disk would not take one; the places are as they were.
    """
    waiting: dict[Path, Path] = {}
    streams: dict[Path, bytes] = {}
    placed: dict[Path, Path | None] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if path.exists() and not path.is_file():
                streams[path] = content  # a pipe or a device stays what it is
                continue
            real = _real(path)
            waiting[real] = _beside(real)
            with waiting[real].open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if real.exists():
                waiting[real].chmod(real.stat().st_mode & 0o777)
        for path, new in waiting.items():
            old = None
            if path.exists() and len(waiting) > 1:
                old = Path(shutil.copy2(path, _beside(path)))
            placed[path] = old
            new.replace(path)
        for path, content in streams.items():
            path.write_bytes(content)
    except OSError as error:
        _take_back(placed, waiting)
        raise OutputRefused(f"{path}: {error.strerror or error}") from error
    except BaseException:
        _take_back(placed, waiting)
        raise
    for old in placed.values():
        if old is not None:
            old.unlink(missing_ok=True)


def _take_back(placed: Mapping[Path, Path | None], waiting: Mapping[Path, Path]) -> None:
    for path, old in placed.items():
        with suppress(OSError):
            if old is not None:
                old.replace(path)
            elif not waiting[path].exists():
                path.unlink(missing_ok=True)
    for new in waiting.values():
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _fault(path: Path) -> str:
    """Why nothing can be written there; empty when it can."""
    try:
        if path.is_dir():
            return "this is a folder"
        if path.exists():
            return "" if os.access(path, os.W_OK) else "this file may not be written"
        real = path.resolve()
        if not real.parent.is_dir():
            return f"there is no folder {real.parent}"
        if not os.access(real.parent, os.W_OK | os.X_OK):
            return f"the folder {real.parent} may not be written to"
    except (OSError, RuntimeError, ValueError) as error:
        return str(getattr(error, "strerror", None) or error)
    return ""
