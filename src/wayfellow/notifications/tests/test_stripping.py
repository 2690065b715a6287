"""What is left of an answer: the words of who wrote it."""

import pytest

from wayfellow.notifications.inbound.stripping import MARK, stripped, text_of_html

ANSWER = "Then you will get version two.\n\nI doubt the legend."


@pytest.mark.parametrize(
    "below",
    [
        "\n\nOn Tue, 24 Nov 2026 at 08:10, Inês Tavaredo <reply+x@mail.example> wrote:\n> Bring it.\n> We learn more.",
        "\n\nOn Tue, 24 Nov 2026 at 08:10, Larkmoor\n<reply+conversation.1.2.abc@mail.example> wrote:\n\n> Bring it.",
        "\n\nAm 24.11.26 um 08:10 schrieb Inês Tavaredo:\n> Bring it.",
        "\n\nLe mar. 24 nov. 2026 à 08:10, Inês <x@y.example> a écrit :\n> Bring it.",
        "\n-- \nAmara Oyelunde\nData analyst, Larkmoor\n+254 700 000000",
        "\n\n-----Original Message-----\nFrom: Larkmoor <reply+x@mail.example>\nSent: Tuesday\nBring it.",
        "\n\n________________________________\nFrom: Larkmoor <x@y.example>\nSent: Tuesday\nTo: Amara\n\nBring it.",
        "\n\nVon: Larkmoor <x@y.example>\nGesendet: Dienstag\nAn: Amara\n\nBring it.",
        f"\n\nSomebody at some time said:\n> {MARK}\n> Inês wrote to you",
        f"\n\n{MARK}\n\nInês wrote to you",
        "\n\nSent from my phone\n",
        "\n\n> Bring it.\n> All of it.\n",
    ],
)
def test_what_was_answered_to_and_signatures_go(below):
    assert stripped(ANSWER + below) == ANSWER
    assert stripped((ANSWER + below).replace("\n", "\r\n")) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday I wrote: three lines, then nothing.",
        "Two things:\n- first\n- second",
        "> Do you want to go on?\n\nYes.\n\n> And the legend?\n\nNo.",
        "From: is a word I begin lines with.\nAnd then nothing follows.",
        "Ich schrieb: nichts.",
    ],
)
def test_words_of_ones_own_stay(text):
    assert stripped(text) == text


def test_nothing_written_is_nothing():
    assert stripped("\n\nOn Tue, 24 Nov 2026, Inês wrote:\n> Bring it.") == ""


def test_html_becomes_text_without_quotations():
    html = (
        "<html><head><style>p{color:red}</style></head><body><p>Then you get <b>version&nbsp;two</b>.</p>"
        "<div>I doubt &lt;the&gt; legend.<br>Really.</div><script>alert(1)</script>"
        '<div class="gmail_quote">On Tuesday <blockquote><p>Bring it.</p></blockquote> wrote</div></body></html>'
    )
    text = text_of_html(html)
    assert "version" in text and "<the> legend." in text and "Really." in text
    assert "Bring" not in text and "alert" not in text and "color" not in text
