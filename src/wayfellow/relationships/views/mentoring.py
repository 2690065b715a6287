"""All of one's mentoring in one place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.people.availability import listed
from wayfellow.relationships.queries import expected_waits, positions
from wayfellow.relationships.queries.mentoring import TABS, awaiting_me, counts, rows_of
from wayfellow.relationships.queries.people import me_in, network_of
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate


@access(MEMBER, GUEST)
def mentoring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who one works with, what waits for an answer and whose turn it is."""
    member = request.member
    found = counts(member)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else ("to-me" if found["to-me"] else "together")
    search = request.GET.get("q", "").strip()[:200]
    page_obj = paginate(request, rows_of(tab, member, search=search))
    rows = list(page_obj.object_list)
    _complete(tab, rows, member)
    network = network_of(member)
    here = reverse("mentoring", args=[organisation])
    tabs = [
        {"url": f"{here}?tab={name}", "label": label, "count": found[name], "current": name == tab}
        for name, label in TABS.items()
    ]
    context = {
        "tab": tab,
        "tabs": tabs,
        "rows": rows,
        "page_obj": page_obj,
        "search": search,
        "total": found[tab],
        "your_turn": awaiting_me(member).count(),
        "me": me_in(member, network) if network is not None else None,
        "export_url": reverse("export_mentoring", args=[organisation, tab]),
    }
    return render(request, "relationships/mentoring.html", context)


@access(MEMBER, GUEST)
def export_mentoring(request: HttpRequest, organisation: str, tab: str) -> HttpResponse:
    """One's own list as a file."""
    if tab not in TABS:
        raise Http404
    member = request.member
    rows = rows_of(tab, member)
    if tab in ("together", "ended"):
        headers = [_("name"), _("your role"), _("state"), _("since"), _("ended")]
        found = [_relationship_row(row, member) for row in rows]
    elif tab == "waiting":
        headers = [_("mentor"), _("place in line"), _("since"), _("kept until")]
        places = positions(rows)
        found = [[row.mentor.member.full_name, places.get(row.pk), row.joined_at, row.offer_ends_at] for row in rows]
    else:
        headers = [_("mentee"), _("mentor"), _("goal"), _("state"), _("sent"), _("closed")]
        found = [
            [
                row.mentee.member.full_name,
                row.mentor.member.full_name,
                row.goal_title,
                row.get_state_display(),
                row.sent_at,
                row.closed_at,
            ]
            for row in rows
        ]
    return export_response(f"mentoring-{tab}", headers, found, request.GET.get("format", "csv"))


def _relationship_row(row: Any, member: Any) -> list[Any]:
    people = sides(row, member)
    role = people["me"].get_role_display() if people["me"] else ""
    ended = people["me"].left_at if people["me"] and people["me"].left_at else row.ended_at
    return [people["full_names"], role, row.get_state_display(), row.opened_at, ended]


def sides(relationship: Any, member: Any) -> dict[str, Any]:
    """The participants of a relationship as one of them sees it.

    Returns:
        `me`; `others`, all who are there and, where nobody else is, those who were; `mentors` and `mentees`, those who
        are there; `names` and `full_names` of the others as one says them; `other`, `mentor` and `mentee`, the first of
        each, for what is said of two.
    """
    people = list(relationship.participants.all())
    me = next((one for one in people if one.enrolment.member_id == member.pk), None)
    until = me.left_at if me is not None else None
    if until is not None:
        people = [one for one in people if one.joined_at is None or one.joined_at <= until]
    there = [one for one in people if one.left_at is None or (until is not None and one.left_at >= until)]
    others = [one for one in there if one is not me] or [one for one in people if one is not me]
    mentors = [one for one in there if one.role == "mentor"] or [one for one in people if one.role == "mentor"]
    mentees = [one for one in there if one.role == "mentee"] or [one for one in people if one.role == "mentee"]
    return {
        "me": me,
        "others": others,
        "mentors": mentors,
        "mentees": mentees,
        "names": listed([one.enrolment.member.short_name for one in others]),
        "full_names": listed([one.enrolment.member.full_name for one in others]),
        "other": others[0] if others else None,
        "mentor": mentors[0] if mentors else None,
        "mentee": mentees[0] if mentees else None,
    }


def _complete(tab: str, rows: list[Any], member: Any) -> None:
    """Put beside each row what the list says of it, without a query for each."""
    if tab in ("together", "ended"):
        for row in rows:
            row.sides = sides(row, member)
    elif tab == "waiting":
        places = positions(rows)
        waits: dict[int, Any] = {}
        for cohort in {row.mentor.cohort for row in rows}:
            theirs = {row.mentor_id: places[row.pk] for row in rows if row.mentor.cohort_id == cohort.pk}
            waits |= expected_waits(theirs, cohort=cohort)
        for row in rows:
            row.position, row.wait = places[row.pk], waits[row.mentor_id]
    else:
        for row in rows:
            mine = row.receiver.member_id == member.pk
            row.mine, row.other = mine, row.sender if mine else row.receiver
            row.my_turn = row.is_open and row.awaited.member_id == member.pk
