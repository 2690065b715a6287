"""The report as a PDF: tagged, titled, the same words as the page, the same bytes twice."""

import re
import shutil
import subprocess

import pytest

from wayfellow.impact.pages import to_html
from wayfellow.impact.tests.made_reports import NASTY, REPORTS, comparison, plan_for
from wayfellow.impact.tests.test_pages import Checked

pytest.importorskip("typst")
from wayfellow.impact.pdf import to_pdf


@pytest.fixture(params=REPORTS)
def made(request, tmp_path):
    report = REPORTS[request.param]()
    plan = plan_for(report["design"]["declared"], tmp_path)
    return report, plan, to_pdf(report, plan)


def squeezed(text):
    """Letters and digits alone: lines, hyphens and minus signs are the setter's business."""
    return re.sub(r"[^\w]+", "", text)


def test_is_tagged_with_a_title_and_a_language(made):
    _, _, pdf = made
    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"/DisplayDocTitle true", b"/Lang(en", b"pdfuaid"):
        assert mark in pdf, mark


def test_charts_have_words_and_tables_have_headers(tmp_path):
    pdf = to_pdf(comparison(), plan_for("comparison", tmp_path))
    assert re.search(rb"/S\s*/Figure", pdf)
    assert b"/Alt" in pdf
    assert re.search(rb"/S\s*/TH", pdf)
    assert re.search(rb"/S\s*/H1", pdf)


def test_the_same_report_gives_the_same_bytes_and_no_clock(made):
    report, plan, pdf = made
    assert to_pdf(report, plan) == pdf
    assert b"/CreationDate" not in pdf
    assert b"/ModDate" not in pdf


def test_words_of_a_report_are_never_mark_up(tmp_path):
    report = comparison(NASTY)
    report["title"] = NASTY
    report["sentences"] = [NASTY]
    report["breakdown"][0]["cells"][0]["value"] = '#panic("no")'
    assert to_pdf(report, plan_for("comparison", tmp_path, NASTY)).startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext of poppler-utils")
def test_shows_what_the_page_shows(made, tmp_path):
    report, plan, pdf = made
    (tmp_path / "report.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    words = set(re.findall(r"[A-Za-z]{4,}", Checked(to_html(report, plan)).text))
    furniture = {"Skip", "content", "Wayfellow"}
    seen = squeezed(text)
    assert sorted(word for word in words - furniture if word not in seen) == []
