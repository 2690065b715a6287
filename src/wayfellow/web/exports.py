"""Tables as files."""

import re
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import InvalidInput

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], format: str) -> FileResponse:
    """The rows as a file to download, written to disk first so that memory stays small.

    Args:
        name: name of the file, without its ending.
        headers: names of the columns.
        rows: one sequence of values a row, in the order of the headers.
        format: csv or xlsx.

    Raises:
        InvalidInput: another format.
    """
    from wayfellow.tables.writing import write_csv, write_xlsx

    if format not in CONTENT_TYPES:
        raise InvalidInput("unknown_format", _("A table can be had as CSV or as an Excel file."), field="format")
    write = write_csv if format == "csv" else write_xlsx
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    try:
        write(rows, headers, file)
        file.seek(0)
        safe_name = re.sub(r"[^\w-]+", "-", name).strip("-") or "table"
        return FileResponse(
            file, as_attachment=True, filename=f"{safe_name}.{format}", content_type=CONTENT_TYPES[format]
        )
    except BaseException:
        file.close()
        raise
