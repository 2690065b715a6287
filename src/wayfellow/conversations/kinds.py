"""Files that may come with a letter: what each is, told from its content, and which names it may have."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image

from wayfellow.core.errors import InvalidInput
from wayfellow.web.text import clean_text

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
OFFICE_FOLDERS = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
PICTURES = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
LONGEST_NAME = 120
MOST_ENTRIES = 10_000


@dataclass(frozen=True)
class FileKind:
    """One kind: what it is served as, the endings its name may have, and what people call it."""

    content_type: str
    endings: tuple[str, ...]
    label: Any


KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", (".pdf",), _("PDF")),
    "jpeg": FileKind("image/jpeg", (".jpg", ".jpeg"), _("JPEG picture")),
    "png": FileKind("image/png", (".png",), _("PNG picture")),
    "webp": FileKind("image/webp", (".webp",), _("WebP picture")),
    "gif": FileKind("image/gif", (".gif",), _("GIF picture")),
    "docx": FileKind(f"{OFFICE}wordprocessingml.document", (".docx",), _("Word document")),
    "xlsx": FileKind(f"{OFFICE}spreadsheetml.sheet", (".xlsx",), _("Excel workbook")),
    "pptx": FileKind(f"{OFFICE}presentationml.presentation", (".pptx",), _("PowerPoint slides")),
    "odt": FileKind(f"{OPEN}text", (".odt",), _("OpenDocument text")),
    "ods": FileKind(f"{OPEN}spreadsheet", (".ods",), _("OpenDocument sheet")),
    "odp": FileKind(f"{OPEN}presentation", (".odp",), _("OpenDocument slides")),
    "text": FileKind("text/plain; charset=utf-8", (".txt", ".md", ".csv", ".tsv"), _("plain text or CSV")),
}
ACCEPT = ",".join(ending for kind in KINDS.values() for ending in kind.endings)


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept."""

    name: str
    kind: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.content)


def check_file(name: str, size: int, read: Callable[[], bytes], *, field: str = "files") -> CheckedFile:
    """What a file is, if it may come with a letter.

    Args:
        name: as its sender called it.
        size: its length; what is too large is not read.
        read: gives its content.

    Raises:
        InvalidInput: `file_too_large`, `file_empty`, `file_is_program`, `file_kind_not_allowed`, `file_disguised`.
    """
    name = clean_name(name)
    said = {"name": name}
    limit = settings.LARGEST_FILE_MB
    if size > limit * 1024 * 1024:
        words = _("“%(name)s” has %(mb)d MB. A file may have at most %(limit)d MB.")
        facts = said | {"mb": round(size / 1024 / 1024), "limit": limit}
        raise InvalidInput("file_too_large", words % facts, field=field)
    content = read()
    if not content:
        raise InvalidInput("file_empty", _("“%(name)s” is empty.") % said, field=field)
    if content.startswith(PROGRAMS):
        words = _("“%(name)s” is a program, whatever its name says. Programs cannot be sent here.")
        raise InvalidInput("file_is_program", words % said, field=field)
    kind = kind_of(content)
    if kind is None:
        words = _("“%(name)s” is none of the kinds that can be sent: %(kinds)s.")
        raise InvalidInput("file_kind_not_allowed", words % (said | {"kinds": allowed_kinds()}), field=field)
    ending = PurePosixPath(name).suffix.lower()
    if ending not in KINDS[kind].endings:
        words = _("“%(name)s” is another kind of file than its name says: it is a %(kind)s. Give it a name that fits.")
        raise InvalidInput("file_disguised", words % (said | {"kind": KINDS[kind].label}), field=field)
    return CheckedFile(name, kind, content)


def kind_of(content: bytes) -> str | None:
    """What a file is by its content; None for what cannot be sent."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return _kind_of_picture(content) or _kind_of_text(content)


def allowed_kinds() -> str:
    """All kinds in words, with commas."""
    return ", ".join(str(kind.label) for kind in KINDS.values())


def clean_name(name: str) -> str:
    """A file's name without its folders and without what no name should hold, short enough to keep."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"|?*]+', "", clean_text(name).replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    if len(plain) > LONGEST_NAME:
        ending = PurePosixPath(plain).suffix[:10]
        plain = plain[: LONGEST_NAME - len(ending)].rstrip(". ") + ending
    return plain or "file"


def _kind_of_zip(content: bytes) -> str | None:
    """Office documents are ZIP files with certain entries. Those that carry macros are none of ours."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()[:MOST_ENTRIES]
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "[Content_Types].xml" in names:
                folders = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
                return next(
                    (kind for folder, kind in folders.items() if any(n.startswith(folder) for n in names)), None
                )
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 200:
                stated = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((kind for kind in ("odt", "ods", "odp") if KINDS[kind].content_type == stated), None)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return None


def _kind_of_picture(content: bytes) -> str | None:
    try:
        with Image.open(BytesIO(content), formats=list(PICTURES)) as picture:
            kind = PICTURES[str(picture.format)]
            picture.verify()
            return kind
    except Exception:  # PIL raises many kinds of errors for broken pictures; none of them may be sent
        return None


def _kind_of_text(content: bytes) -> str | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if TEXT_CONTROLS.search(content) else "text"
