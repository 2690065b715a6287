"""Files of people, written for a test."""

from pathlib import Path

import pytest

from wayfellow.matching.people_files.cohort import cohort_of
from wayfellow.matching.people_files.rows import read_sheet


@pytest.fixture
def read(tmp_path):
    """Read files given as name=text; their cohort."""

    def read_them(files, **options):
        sheets = []
        for name, text in files.items():
            path = Path(tmp_path / name)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            sheets.append(read_sheet(path))
        return cohort_of(sheets, **options)

    return read_them
