"""Meetings of some of those who work together: planned, offered, moved, called off, missed, held, logged."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from wayfellow.core import clock
from wayfellow.core.errors import DomainError
from wayfellow.demo import persons
from wayfellow.demo.staff import SAFEGUARDING
from wayfellow.demo.story import DAY
from wayfellow.demo.world import World
from wayfellow.meetings.actions import (
    answer_invitation,
    cancel_meeting,
    log_meeting,
    make_feed,
    mark_held,
    mark_missed,
    move_meeting,
    pick_slot,
    propose_slots,
    save_video_link,
    schedule_meeting,
)
from wayfellow.meetings.models import Meeting, Proposal
from wayfellow.meetings.queries.free_times import free_times
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship

ONE_OF = 3
FIRST_AFTER, NEXT_AFTER = 2, 12
MISSED_OF, NO_ANSWER_OF = 9, 4
TITLES = ("First talk", "What a good week looks like", "The draft, line by line", "Looking back", "What comes next", "")
WORDS = (
    "An outage week began, and I am on call. I am sorry, and glad to find another day.",
    "My shift moved. Could we talk the week after?",
)


def settle_in(world: World) -> None:
    """The mentor of the first door keeps a video room; the calendars of all with a name here read their feeds."""
    save_video_link(world.member(persons.MENTOR.full_name), video_link="https://video.larkmoor.example/ines")
    for name in (*(person.full_name for person in persons.DOORS), SAFEGUARDING):
        make_feed(world.member(name))


def plan_ahead(world: World) -> None:
    """The two of the first doors have a meeting before them, which waits for the mentee's answer."""
    mentor, mentee = world.member(persons.MENTOR.full_name), world.member(persons.MENTEE.full_name)
    rows = Relationship.objects.filter(state=Relationship.State.ACTIVE, participants__enrolment__member=mentor)
    found = rows.filter(participants__enrolment__member=mentee).select_related("organisation").first()
    if found is None:
        return
    now = clock.now()
    ahead = Meeting.objects.filter(relationship=found, state=Meeting.State.SCHEDULED, starts_at__gt=now + 3 * DAY)
    starts = free_times(found, [mentor, mentee], mentor, minutes=60, now=now + 2 * DAY).starts
    if starts and not ahead.exists():
        _if_it_can(schedule_meeting, mentor, found, starts_at=starts[0], minutes=60, despite_overlap=True)


def offer_times(world: World, mentee: str) -> None:
    """A mentee offers times to the mentor of the first door, who has taken none yet."""
    mentor, sender = world.member(persons.MENTOR.full_name), world.member(mentee)
    rows = Relationship.objects.filter(state=Relationship.State.ACTIVE, participants__enrolment__member=mentor)
    found = rows.filter(participants__enrolment__member=sender).select_related("organisation").get()
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    starts = [noon + days * DAY for days in (4, 6, 9)]
    propose_slots(sender, found, starts=starts, minutes=45, word="My hours changed. Could one of these be yours?")


def look_after_meetings(world: World) -> None:
    """Each evening: what is over is noted, and who has nothing planned finds a time."""
    now = clock.now()
    active = Q(relationship__organisation=world.organisation, relationship__state=Relationship.State.ACTIVE)
    rows = Participant.objects.present().filter(active, enrolment__member__state=Member.State.ACTIVE)
    people: dict[Relationship, list[Member]] = {}
    rows = rows.select_related("relationship__organisation", "enrolment__member__organisation")
    for row in rows.order_by("relationship", "-role", "pk"):
        people.setdefault(row.relationship, []).append(row.enrolment.member)
    for found, these in people.items():
        if len(these) > 1 and _is_told(found, these):
            _one_evening(world, found, these, now)


def _is_told(found: Relationship, people: list[Member]) -> bool:
    """Everybody behind the doors, groups, and one in some of the others."""
    doors = {persons.MENTOR.full_name, persons.MENTEE.full_name, persons.MANAGER.full_name}
    return len(people) > 2 or found.pk % ONE_OF == 0 or any(person.full_name in doors for person in people)


def _one_evening(world: World, found: Relationship, people: list[Member], now: datetime) -> None:
    draw = random.Random(f"{found.pk} {(now - found.opened_at).days}")
    planned = Meeting.objects.filter(relationship=found, state=Meeting.State.SCHEDULED)
    for meeting in planned.filter(ends_at__lte=now - timedelta(hours=3)).select_related("relationship__organisation"):
        actor = draw.choice(people)
        if draw.randrange(MISSED_OF) == 0:
            _if_it_can(mark_missed, actor, meeting)
        else:
            _if_it_can(mark_held, actor, meeting, minutes=meeting.minutes + draw.choice((-10, -5, 0, 0, 10)))
    if planned.exists() or Proposal.objects.open().filter(relationship=found).exists():
        return
    last = Meeting.objects.filter(relationship=found).order_by("-starts_at").first()
    since = last.starts_at if last is not None else found.opened_at
    if now - since >= (NEXT_AFTER if last is not None else FIRST_AFTER) * DAY:
        _plan(world, found, people, now, draw)


def _plan(world: World, found: Relationship, people: list[Member], now: datetime, draw: random.Random) -> None:
    """In turn: at once, by offering times, moved, called off, a series, and one that was not planned here."""
    actor, *others = draw.sample(people, len(people))
    minutes = found.minutes or draw.choice((45, 60))
    starts = free_times(found, people, actor, minutes=minutes, now=now).starts
    if len(starts) < 3:  # they have no hours in common, and find some by asking
        morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
        starts = [morning + timedelta(days=days, hours=draw.randrange(6)) for days in (4, 6, 9)]
    count = Meeting.objects.filter(relationship=found).values("uid").distinct().count()
    title = TITLES[min(count, len(TITLES) - 1)]
    way = (count + found.pk) % 6
    if way == 1:
        proposal = _if_it_can(propose_slots, actor, found, starts=starts[:3], minutes=minutes)
        if proposal is not None:
            world.after(draw.uniform(0.5, 3), _take_one, proposal, others[0])
        return
    if way == 5:
        _if_it_can(log_meeting, actor, found, starts_at=now - timedelta(hours=5), minutes=30, title="A talk on the way")
        return
    series = {"every_weeks": 2, "times": 4} if way == 4 else {}
    meeting = _if_it_can(
        schedule_meeting,
        actor,
        found,
        starts_at=starts[0],
        minutes=minutes,
        title=title,
        despite_overlap=True,
        **series,
    )
    if meeting is None:
        return
    for other in others:
        if draw.randrange(NO_ANSWER_OF):
            world.after(draw.uniform(0.1, 1), _answer, meeting, other)
    if way == 2 and len(starts) > 2:
        world.after(draw.uniform(0.2, 0.9), _move, meeting, others[0], starts[2])
    elif way == 3:
        world.after(draw.uniform(0.2, 0.9), _call_off, meeting, others[0], draw.choice(WORDS))


def _take_one(world: World, proposal: Proposal, member: Member) -> None:
    slot = proposal.slots.select_related("proposal__relationship__organisation").first()
    _if_it_can(pick_slot, member, slot, despite_overlap=True)


def _answer(world: World, meeting: Meeting, member: Member) -> None:
    _if_it_can(answer_invitation, member, meeting, answer="yes", series=True)


def _move(world: World, meeting: Meeting, member: Member, starts_at: datetime) -> None:
    _if_it_can(
        move_meeting, member, meeting, starts_at=starts_at, despite_overlap=True, word="The same hour, some days later?"
    )


def _call_off(world: World, meeting: Meeting, member: Member, word: str) -> None:
    _if_it_can(cancel_meeting, member, meeting, word=word)


def _if_it_can(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Act, unless what happened meanwhile speaks against it: somebody paused, ended it, or was faster."""
    try:
        with transaction.atomic():
            return act(*args, **kwargs)
    except DomainError:
        return None
