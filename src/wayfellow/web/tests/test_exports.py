import csv

import pytest

from wayfellow.core.errors import InvalidInput
from wayfellow.tables.reading import read_table
from wayfellow.web.exports import export_response

HEADERS, ROWS = ["name", "places"], [["Inês Tavaredo", 3], ['=HYPERLINK("x")', 0]]


def content_of(response):
    return b"".join(response.streaming_content)


def test_csv_has_rows_and_no_formula():
    response = export_response("places & people", HEADERS, iter(ROWS), "csv")
    assert response["Content-Disposition"] == 'attachment; filename="places-people.csv"'
    lines = list(csv.reader(content_of(response).decode("utf-8-sig").splitlines()))
    assert lines == [HEADERS, ["Inês Tavaredo", "3"], ['\'=HYPERLINK("x")', "0"]]


def test_xlsx_can_be_read_back():
    content = content_of(export_response("places", HEADERS, iter(ROWS), "xlsx"))
    assert list(read_table(content, "places.xlsx").headers) == HEADERS


def test_other_format_is_refused():
    with pytest.raises(InvalidInput):
        export_response("places", HEADERS, ROWS, "pdf")
