"""What people share of a goal, prepare, note together and commit to: a pair in full, and a group of three."""

from datetime import date, timedelta

from wayfellow.core import clock
from wayfellow.demo.scenes.named import AMARA, INES, KOFI, PETRA, TENDAI, TOMASZ, YUSRA
from wayfellow.demo.world import World
from wayfellow.goals.actions import (
    add_commitment,
    agree_to_commitment,
    drop_commitment,
    move_commitment,
    share_goal,
    tick_commitment,
)
from wayfellow.goals.models import Commitment
from wayfellow.meetings.actions import log_meeting, schedule_meeting
from wayfellow.meetings.actions.agendas import add_agenda_point, tick_agenda_point, use_guide
from wayfellow.meetings.actions.notes import save_note, save_private_note, settle_conflict
from wayfellow.meetings.guides import find_guide
from wayfellow.meetings.models import AgendaPoint, Meeting
from wayfellow.relationships.actions.joining import agree_to_joining, invite_to_relationship
from wayfellow.relationships.models import JoiningInvitation, Relationship

BRIEF = "Brief v2: the legend went, the map stands alone.\nTest with two crews before the review."
FIRST_NOTES = (
    "Inês wants to be asked, not told. Amara wants to be asked back.\n"
    "Please do not: rewrite my brief for me.\n"
    "We meet monthly, Thursdays. Amara sets the agenda."
)


def tell(world: World) -> None:
    """A goal of which some is kept back, commitments in every state, guides in use, a settled conflict, a group."""
    world.on(53.5, _share)
    world.on(49, _first_meeting)
    world.on(46, _commit_first)
    world.on(33, _tick_and_move)
    world.on(19, _second_meeting)
    world.on(2.5, _prepare)
    world.on(2, _ask_of_each_other)
    world.on(30, _become_a_group)
    world.on(29, _let_in, KOFI)
    world.on(28.5, _let_in, PETRA)
    world.on(12, _notes_of_three)
    world.on(15, _drop, TENDAI, YUSRA)


def _together(world: World, *names: str) -> Relationship:
    """The relationship of these people that is under way."""
    rows = Relationship.objects.filter(state=Relationship.State.ACTIVE)
    for name in names:
        rows = rows.filter(participants__enrolment__member=world.member(name))
    return rows.select_related("organisation").order_by("-pk")[0]


def _in(days: float) -> date:
    return (clock.now() + timedelta(days=days)).date()


def _share(world: World) -> None:
    """All but why it matters and what could stop her, which stay hers."""
    items = ("title", "sign_of_success", "by_when", "skills", "plan")
    goal = world.member(AMARA).goals.get(is_main=True)
    share_goal(world.member(AMARA), goal, _together(world, AMARA, INES), items=dict.fromkeys(items, "everyone"))


def _met(world: World, *names: str, title: str) -> Meeting:
    """A meeting of the day before, written down afterwards."""
    first = world.member(names[0])
    starts_at = (clock.now() - timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    return log_meeting(first, _together(world, *names), starts_at=starts_at, minutes=60, title=title)


def _first_meeting(world: World) -> None:
    amara, ines = world.member(AMARA), world.member(INES)
    one = _met(world, AMARA, INES, title="First meeting")
    guide = find_guide("first-meeting")
    assert guide is not None  # noqa: S101
    for point in use_guide(ines, one, guide, questions=["path", "good-help", "not-helpful", "rhythm"]):
        tick_agenda_point(ines, point, done=True)
    save_note(amara, one, text=FIRST_NOTES, based_on=0)
    save_private_note(amara, one, text="She asked what I like about product. I had no short answer.", based_on=0)


def _last_meeting(world: World, *names: str) -> Meeting:
    return Meeting.objects.filter(relationship=_together(world, *names), logged=True).order_by("-starts_at")[0]


def _commit_first(world: World) -> None:
    amara, ines = world.member(AMARA), world.member(INES)
    together, one = _together(world, AMARA, INES), _last_meeting(world, AMARA, INES)
    add_commitment(
        amara, together, owner=amara, what="Talk to five users of the outage page", by_when=_in(16), about=one
    )
    add_commitment(
        amara,
        together,
        owner=amara,
        what="Draft the one-page brief for the outage map",
        by_when=_in(20),
        if_moment="an outage week begins",
        then_act="I move my product half-day to the week after",
        about=one,
    )
    add_commitment(ines, together, owner=ines, what="Send two briefs that went wrong", by_when=_in(10), about=one)


def _tick_and_move(world: World) -> None:
    amara, ines = world.member(AMARA), world.member(INES)
    rows = Commitment.objects.filter(relationship=_together(world, AMARA, INES)).select_related("relationship")
    tick_commitment(amara, rows.get(owner=amara, what__startswith="Talk to"))
    move_commitment(amara, rows.get(owner=amara, what__startswith="Draft"), by_when=_in(25))
    tick_commitment(ines, rows.get(owner=ines))


def _second_meeting(world: World) -> None:
    """Both note at the same time, change the same line, and keep both."""
    amara, ines = world.member(AMARA), world.member(INES)
    one = _met(world, AMARA, INES, title="Reading the brief together")
    add_agenda_point(amara, one, text="Read the outage-map brief together", minutes=30)
    save_note(amara, one, text=BRIEF, based_on=0)
    theirs = BRIEF.replace("two crews", "one crew and one call-taker")
    mine = BRIEF.replace("two crews", "two crews on a night shift")
    save_note(ines, one, text=theirs, based_on=1)
    _version, conflicts = save_note(amara, one, text=mine, based_on=1)
    for conflict in conflicts:
        settle_conflict(ines, conflict, choice="both")
    save_private_note(amara, one, text="I was defensive about the legend. Listen first.", based_on=0)
    add_commitment(amara, one.relationship, owner=amara, what="Test the map with a crew", by_when=_in(12), about=one)


def _prepare(world: World) -> None:
    """What is next: an agenda from a guide and from both, and a line that both have just changed."""
    amara, ines = world.member(AMARA), world.member(INES)
    together = _together(world, AMARA, INES)
    one = Meeting.objects.filter(relationship=together).upcoming(clock.now()).order_by("starts_at").first()
    if one is None:
        starts_at = (clock.now() + timedelta(days=9)).replace(hour=16, minute=0, second=0, microsecond=0)
        one = schedule_meeting(amara, together, starts_at=starts_at, minutes=60, despite_overlap=True)
    guide = find_guide("goals")
    assert guide is not None  # noqa: S101
    use_guide(ines, one, guide, questions=["changed", "smallest", "progress"])
    add_agenda_point(amara, one, text="How do you say no to a director without losing him?", minutes=15)
    save_note(ines, one, text="Bring the version you are unsure about.", based_on=0)
    save_note(amara, one, text="Bring the version you are unsure about: version two.", based_on=1)
    save_note(ines, one, text="Bring the version you are least sure about.", based_on=1)


def _ask_of_each_other(world: World) -> None:
    """One that waits for a yes, and one that had it."""
    amara, ines = world.member(AMARA), world.member(INES)
    together = _together(world, AMARA, INES)
    asked = add_commitment(amara, together, owner=ines, what="Introduce Amara to the release lead", by_when=_in(10))
    agree_to_commitment(ines, asked)
    add_commitment(ines, together, owner=amara, what="Write down what you would cut first", by_when=_in(6))


def _become_a_group(world: World) -> None:
    together = _together(world, KOFI, TOMASZ)
    words = "Petra knows the other half of this. May she join us?"
    invite_to_relationship(world.member(TOMASZ), together, enrolment=world.enrolment(PETRA), role="mentor", words=words)


def _let_in(world: World, name: str) -> None:
    rows = JoiningInvitation.objects.filter(enrolment=world.enrolment(PETRA), state="pending")
    agree_to_joining(world.member(name), rows.get())


def _notes_of_three(world: World) -> None:
    kofi, petra, tomasz = world.member(KOFI), world.member(PETRA), world.member(TOMASZ)
    one = _met(world, KOFI, TOMASZ, PETRA, title="A business case for the second van")
    guide = find_guide("industry-trends")
    assert guide is not None  # noqa: S101
    use_guide(petra, one, guide, questions=["both-ways", "whose-work"])
    save_note(tomasz, one, text="What it costs: two crews, one van.", based_on=0)
    save_note(petra, one, text="What it costs: two crews, one van.\nWhat it saves: nobody has counted yet.", based_on=1)
    save_note(kofi, one, text="Question for March: one van or two?\nWhat it costs: two crews, one van.", based_on=1)
    add_commitment(kofi, one.relationship, owner=kofi, what="Count three night calls", by_when=_in(20), about=one)
    add_commitment(petra, one.relationship, owner=tomasz, what="Lend Kofi the 2024 case", about=one)
    goal = kofi.goals.filter(is_main=True).first()
    if goal is not None:
        share_goal(kofi, goal, one.relationship, items=dict.fromkeys(("title", "sign_of_success"), "everyone"))
    tick_agenda_point(kofi, AgendaPoint.objects.filter(meeting=one)[0], done=True)


def _drop(world: World, mentee: str, mentor: str) -> None:
    """Plans change."""
    member = world.member(mentee)
    found = add_commitment(member, _together(world, mentee, mentor), owner=member, what="Read the whole handbook")
    drop_commitment(member, found)
