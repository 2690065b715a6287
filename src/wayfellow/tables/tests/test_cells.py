"""Single cells: dates, time zones, languages, names, e-mail addresses, numbers."""

import datetime as dt

import pytest

from wayfellow.tables.errors import Reason
from wayfellow.tables.people.cells import (
    Name,
    manager_key,
    parse_email,
    parse_name,
    parse_number,
    parse_phone,
    parse_text,
)
from wayfellow.tables.values.dates import DateOrder, date_order, parse_date
from wayfellow.tables.values.languages import parse_languages
from wayfellow.tables.values.time_zone_names import ABBREVIATIONS, CITIES, WINDOWS
from wayfellow.tables.values.time_zones import available_zones, parse_time_zone


def code(read: object) -> str:
    assert isinstance(read, Reason), read
    assert "{" not in read.message
    return read.code


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-01", "2024/2/1", "20240201", "2024-02-01T00:00:00Z", "2024-02-01 13:05:00", "45323", "45323.0"),
        *("01.02.2024", "1.2.24", "1. 2. 2024", "01.02.2024 00:00", "01/02/2024", "1-2-2024", "01/02/24 10:00 AM"),
        *("1 February 2024", "Feb 1, 2024", "01-Feb-2024", "1st Feb 2024", "Thursday, February 1, 2024"),
        *("1. Februar 2024", "1. Feb. 2024", "1 de febrero de 2024", "1 feb. 2024", "01-feb-24", "1 FEBRERO 2024"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert parse_date(text) == dt.date(2024, 2, 1)


@pytest.mark.parametrize(
    ("text", "month"), [("3. März 2021", 3), ("3 enero 2021", 1), ("3. Jänner 2021", 1), ("3 dic 2021", 12)]
)
def test_months_are_known_in_three_languages(text: str, month: int) -> None:
    assert parse_date(text) == dt.date(2021, month, 3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31.02.2024", "date_impossible"),
        ("2023-02-29", "date_impossible"),
        ("soon", "date_wrong"),
        ("1 Smarch 2024", "date_wrong"),
        ("2024", "date_wrong"),
        ("01.01.0001", "date_far"),
        ("99999", "date_far"),
    ],
)
def test_what_is_no_date_is_refused(text: str, why: str) -> None:
    assert code(parse_date(text)) == why


def test_an_impossible_date_says_what_to_do() -> None:
    read = parse_date("31.02.2024")
    assert isinstance(read, Reason)
    assert read.message == "31.02.2024 is not in the calendar. Mend it, or leave it empty."


def test_the_whole_column_decides_whether_day_or_month_comes_first() -> None:
    british = date_order(["03/04/2024", "13/04/2024"])
    assert (british.order, british.doubt) == (DateOrder.DAY_FIRST, None)
    american = date_order(["03/04/2024", "04/13/2024"])
    assert (american.order, american.doubt) == (DateOrder.MONTH_FIRST, None)
    assert parse_date("03/04/2024", american.order) == dt.date(2024, 3, 4)
    assert parse_date("03.04.2024", american.order) == dt.date(2024, 4, 3)


def test_a_column_that_could_be_either_is_unsure_and_read_day_first() -> None:
    unclear = date_order(["03/04/2024", "05/06/2024", "07/07/2024"])
    assert unclear.order is DateOrder.DAY_FIRST
    assert unclear.doubt is not None
    assert unclear.doubt.message == "Day and month could be swapped: 03/04/2024 is read as 2024-04-03."
    assert date_order(["07/07/2024", "03.04.2024", "2024-03-04"]).doubt is None


def test_in_a_column_of_both_kinds_what_could_be_either_is_refused() -> None:
    mixed = date_order(["13/04/2024", "04/13/2024", "03/04/2024"])
    assert mixed.order is DateOrder.MIXED
    assert mixed.doubt is not None and mixed.doubt.code == "day_and_month_mixed"
    assert parse_date("13/04/2024", mixed.order) == parse_date("04/13/2024", mixed.order) == dt.date(2024, 4, 13)
    assert code(parse_date("03/04/2024", mixed.order)) == "date_unclear"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        ("europe/vienna", "Europe/Vienna"),
        ("America/New York", "America/New_York"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Wien", "Europe/Vienna"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Tromsø", "Europe/Oslo"),
        ("Ciudad de México", "America/Mexico_City"),
        ("CET", "Europe/Berlin"),
        ("MEZ", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("UTC", "Etc/UTC"),
        ("UTC+1", "Etc/GMT-1"),
        ("GMT-05:00", "Etc/GMT+5"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Daylight Time", "America/New_York"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(GMT-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("GMT+01:00 Central European Time (Berlin)", "Europe/Berlin"),
        ("(UTC) Coordinated Universal Time", "Etc/UTC"),
    ],
)
def test_time_zones_are_known_by_many_names(text: str, zone: str) -> None:
    assert parse_time_zone(text) == zone


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mars", "time_zone_unknown"),
        ("UTC+15", "time_zone_unknown"),
        ("+05:17", "time_zone_unknown"),
        ("IST", "time_zone_unclear"),
    ],
)
def test_unknown_and_ambiguous_time_zones_are_refused(text: str, why: str) -> None:
    assert code(parse_time_zone(text)) == why


def test_every_zone_in_our_lists_exists() -> None:
    zones = {line.rpartition("=")[2] for line in (WINDOWS + ABBREVIATIONS).split("\n") if line}
    zones |= {line.partition("=")[0] for line in CITIES.split("\n") if line}
    assert zones <= available_zones()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Deutsch, Englisch", ("de", "en")),
        ("Español; inglés; alemán", ("es", "en", "de")),
        ("de|en/fr", ("de", "en", "fr")),
        ("English and German", ("en", "de")),
        ("Español y francés", ("es", "fr")),
        ("en-GB, pt_BR", ("en", "pt")),
        ("ger; eng", ("de", "en")),
        ("English - fluent; German (C1), Spanisch: B2", ("en", "de", "es")),
        ("Deutsch (Muttersprache, C2)", ("de",)),
        ("English, english, EN", ("en",)),
        ("Kiswahili\nNorsk", ("sw", "no")),
        ("日本語, Français", ("ja", "fr")),
    ],
)
def test_languages_are_read_from_names_and_codes(text: str, codes: tuple[str, ...]) -> None:
    assert parse_languages(text) == codes


def test_an_unknown_language_is_named() -> None:
    read = parse_languages("Deutsch, Elvish")
    assert code(read) == "language_unknown"
    assert isinstance(read, Reason) and "“Elvish”" in read.message


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("K.Asantewe@Larkmoor.Example", "k.asantewe@larkmoor.example"),
        ("mailto:k@larkmoor.example", "k@larkmoor.example"),
        ("Kofi Asantewe <k@larkmoor.example>", "k@larkmoor.example"),
        ("kofi+hr@sub.larkmoor.example", "kofi+hr@sub.larkmoor.example"),
        ("k@müller.example", "k@müller.example"),
    ],
)
def test_e_mail_addresses_are_lower_case(text: str, address: str) -> None:
    assert parse_email(text) == address


@pytest.mark.parametrize(
    "text", ["kofi", "kofi@", "@larkmoor.example", "k@larkmoor", "k o@x.example", "a..b@x.example", "k@-x.example"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert code(parse_email(text)) == "email_wrong"


def test_two_addresses_in_one_cell_are_refused() -> None:
    assert code(parse_email("a@x.example; b@x.example")) == "email_several"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kofi  Asantewe", Name("Kofi Asantewe")),
        ("Asantewe, Kofi", Name("Kofi Asantewe", first="Kofi", last="Asantewe")),
        ("Kofi Asantewe, PhD", Name("Kofi Asantewe, PhD")),
        ("Planner,\nKofi", Name("Kofi Planner", first="Kofi", last="Planner")),
    ],
)
def test_names_are_turned_round_at_their_comma(text: str, name: Name) -> None:
    assert parse_name(text) == name


def test_names_have_an_end() -> None:
    assert parse_name("x" * 200) == Name("x" * 200)
    assert code(parse_name("x" * 10_000)) == "text_too_long"
    assert code(parse_name("k@larkmoor.example")) == "name_is_email"


def test_employee_numbers_stay_as_written_but_not_rounded() -> None:
    assert parse_number("004182") == "004182"
    assert code(parse_number("1.23457E+11")) == "number_wrong"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("P.V@larkmoor.example", "p.v@larkmoor.example"),
        ("004182", "004182"),
        ("Petra Vandelroux (004182)", "004182"),
        ("Petra Vandelroux", None),
        ("Petra", None),
    ],
)
def test_a_manager_is_named_by_address_or_number_never_by_name(text: str, key: str | None) -> None:
    assert manager_key(text) == key


def test_what_is_longer_than_any_value_is_neither_parsed_nor_kept() -> None:
    for parse in (parse_date, parse_time_zone, parse_languages):
        assert code(parse("x" * 301)) == "text_too_long"
        assert code(parse("x" * 300)) != "text_too_long"
    assert manager_key("1" * 301) is None


def test_phones_and_texts() -> None:
    assert parse_phone("+43 (316) 555-0142 ext. 12") == "+43 (316) 555-0142 ext. 12"
    assert code(parse_phone("call me")) == "phone_wrong"
    assert parse_text(" a\n b ", limit=3) == "a b"
    assert code(parse_text("abcd", limit=3)) == "text_too_long"
