"""Larkmoor Utilities, told from its founding until now."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from wayfellow.core import clock
from wayfellow.demo import persons
from wayfellow.demo.scenes import correspondence, crowd, joining, meeting_notes, named, office, together
from wayfellow.demo.scenes.days import forget_old_mails, look_after_requests, look_after_together
from wayfellow.demo.scenes.meetings import look_after_meetings, offer_times, plan_ahead, settle_in
from wayfellow.demo.scenes.pulse import look_after_pulses
from wayfellow.demo.staff import KNOWN, draw_staff
from wayfellow.demo.story import DAY, Story
from wayfellow.demo.world import World
from wayfellow.people.actions.organisations import create_organisation

LARKMOOR = "larkmoor"
NAME = "Larkmoor Utilities"
SEED = 20261124
FOUNDED = 212
NEWCOMERS = 15
LINE = 10


def tell_larkmoor(*, now: datetime, told: Callable[[int, int], Any] = lambda done, of: None) -> World:
    """Everything that happened at Larkmoor until now.

    Args:
        now: when the story ends.
        told: called with how many of the days are told, and of how many.
    """
    story = Story(now=now, seed=SEED, told=told)
    with clock.moved_to(now - FOUNDED * DAY):
        organisation, link = create_organisation(name=NAME, slug=LARKMOOR, admin_email=persons.ADMIN.email)
    world = World(story=story, organisation=organisation)
    story.every_day = (
        look_after_requests,
        partial(look_after_meetings, world),
        look_after_together,
        partial(look_after_pulses, world),
        partial(forget_old_mails, now=now),
    )
    world.staff = draw_staff(story.draw, today=now.date())
    world.on(FOUNDED, joining.open_the_doors, link)
    world.on(FOUNDED - 1, joining.list_staff)
    world.on(FOUNDED - 2, joining.invite_colleagues)
    named.tell(world)
    meeting_notes.tell(world)
    known = {row[0] for row in KNOWN}
    others = [person for person in world.staff if person.name not in known]
    newcomers = [person for person in others if person.level == 1][-NEWCOMERS:]
    people = crowd.plan_crowd(world, [person for person in others if person not in newcomers])
    crowd.bring_in(world, people)
    crowd.plan_requests(world, people)
    crowd.wait_in_line(world, people, people=LINE)
    crowd.leave(world, people)
    together.tell(world)
    office.tell(world, newcomers)
    world.on(20, settle_in)
    world.on(0.3, plan_ahead)
    world.on(0.25, offer_times, named.TENDAI)
    correspondence.tell(world)
    world.on(0, office.note_visits)
    story.tell()
    return world
