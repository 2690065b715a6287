from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import timezone, translation

from wayfellow.core import clock
from wayfellow.web.icons import ICONS
from wayfellow.web.templatetags import wayfellow as tags


@pytest.fixture
def at(monkeypatch):
    """Tuesday 24 November 2026, 10:00 UTC."""
    moment = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    monkeypatch.setattr(tags, "now", lambda: moment)
    with timezone.override("Africa/Nairobi"):
        yield moment


def render(template, request=None, **context):
    return engines["django"].from_string(template).render(context, request)


def test_icon_is_inline_and_hidden_from_readers():
    page = render('{% icon "arrow-right" flip=True %}')
    assert page.startswith('<svg class="icon flip" aria-hidden="true" viewBox="0 0 24 24"><path d="')


def test_every_icon_has_shapes():
    assert all(ICONS.values())
    assert all("<" in tags.icon(name) for name in ICONS)


def test_unknown_icon_and_status_are_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% icon "unicorn" %}')
    with pytest.raises(TemplateSyntaxError):
        render('{% status "great" "Great" %}')


def test_status_is_shape_and_word_and_escapes():
    page = render('{% status "good" word %}', word="<b>")
    assert "&lt;b&gt;" in page
    assert '<span class="status good"><svg' in page


def test_face_is_initials_or_photo():
    class Person:
        initials = "<A"
        photo_url = ""

    person = Person()
    assert (
        render('{% face p "mentee" "l" %}', p=person) == '<span class="face mentee l" aria-hidden="true">&lt;A</span>'
    )
    person.photo_url = '/photo?a="'
    assert 'src="/photo?a=&quot;"' in render("{% face p %}", p=person)
    assert ">?<" in render("{% face p %}", p=None)


def test_query_changes_this_pages_query(rf):
    request = rf.get("/?q=a&skill=1&skill=2&page=3")
    assert render('{% query page=4 q="" %}', request) == "?skill=1&amp;skill=2&amp;page=4"
    assert render('{% query_without "skill" 2 %}', request) == "?q=a&amp;skill=1"


@pytest.mark.parametrize(
    ("moment", "day", "on", "since"),
    [
        (datetime(2026, 11, 24, 9, 59, 30, tzinfo=UTC), "Tue 24 Nov", "today", "just now"),
        (datetime(2026, 11, 24, 9, 55, tzinfo=UTC), "Tue 24 Nov", "today", "5 minutes ago"),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), "Tue 24 Nov", "today", "1 hour ago"),
        (datetime(2026, 11, 23, 21, 30, tzinfo=UTC), "Tue 24 Nov", "today", "12 hours ago"),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "Mon 23 Nov", "yesterday", "yesterday"),
        (date(2026, 11, 21), "Sat 21 Nov", "on Saturday", "3 days ago"),
        (date(2026, 10, 27), "Tue 27 Oct", "on 27 October", "4 weeks ago"),
        (date(2025, 3, 12), "Wed 12 Mar 2025", "on 12 March 2025", "on 12 March 2025"),
        (date(2026, 11, 25), "Wed 25 Nov", "tomorrow", "tomorrow"),
        (date(2026, 11, 26), "Thu 26 Nov", "on Thursday", "on Thursday"),
    ],
)
def test_days_as_one_says_them(at, moment, day, on, since):
    assert (tags.day(moment), tags.on_day(moment), tags.since(moment)) == (day, on, since)


def test_moment_is_in_the_readers_zone(at):
    assert tags.moment(datetime(2026, 11, 26, 16, 0, tzinfo=UTC)) == "Thu 26 Nov, 19:00"
    assert tags.moment(None) == tags.day(None) == tags.on_day(None) == tags.since(None) == tags.clock(None) == ""


def test_filters_read_the_clock():
    assert tags.since(clock.now() - timedelta(minutes=3)) == "3 minutes ago"


@pytest.mark.parametrize(
    ("count", "heading"), [(1, "One thing before this can go"), (12, "12 things before this can go")]
)
def test_heading_of_the_summary(count, heading):
    assert tags.error_heading([None] * count) == heading


@pytest.mark.parametrize(
    ("moment", "day", "on", "since"),
    [
        (datetime(2026, 11, 24, 9, 55, tzinfo=UTC), "Di 24. Nov", "heute", "vor 5 Minuten"),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), "Di 24. Nov", "heute", "vor 1 Stunde"),
        (date(2026, 11, 21), "Sa 21. Nov", "am Samstag", "vor 3 Tagen"),
        (date(2025, 3, 12), "Mi 12. Mär 2025", "am 12. März 2025", "am 12. März 2025"),
        (date(2026, 11, 25), "Mi 25. Nov", "morgen", "morgen"),
    ],
)
def test_days_as_one_says_them_in_german(at, moment, day, on, since):
    with translation.override("de"):
        assert (tags.day(moment), tags.on_day(moment), tags.since(moment)) == (day, on, since)


def test_quotation_marks_are_the_readers():
    assert tags.quoted("Come soon") == "“Come soon”"
    with translation.override("de"):
        assert tags.quoted("Kommen Sie") == "„Kommen Sie“"
        assert tags.in_sentence("Innerhalb von 2 Tagen") == "innerhalb von 2 Tagen"
