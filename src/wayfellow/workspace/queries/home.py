"""What a member's first page gathers, in a fixed number of queries, and the one thing that comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from wayfellow.discovery.queries import Card, Reader, cards, my_network_enrolment, read_reader, recommendations
from wayfellow.goals.models import Goal
from wayfellow.goals.queries import goals_of
from wayfellow.people.models import Member, Profile
from wayfellow.people.queries.administration import is_alone, waiting
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship, WaitingEntry
from wayfellow.relationships.queries import positions, reply_times
from wayfellow.skills.models import MemberSkill
from wayfellow.workspace.queries.cohort import without_heavy
from wayfellow.workspace.queries.coming import Line, coming_up

MOST_SHOWN = 5
SUGGESTIONS = 3
IS_NEW_FOR = timedelta(days=14)
SOON = timedelta(days=3)
QUIET = ("letters", "questions", "ends", "agreement")
State = MentoringRequest.State
OPEN = (Relationship.State.ACTIVE, Relationship.State.PAUSED)


@dataclass(frozen=True)
class Asked:
    """An open request or a draft as one of its two people sees it."""

    request: MentoringRequest
    me: Enrolment
    other: Enrolment

    @property
    def is_mine(self) -> bool:
        """Whether I wrote it."""
        return self.request.sender.pk == self.me.pk

    @property
    def is_my_turn(self) -> bool:
        return self.request.is_open and self.request.awaited.pk == self.me.pk

    @property
    def other_role(self) -> str:
        """The role of the other person, for the shape of their face."""
        return "mentor" if self.other.pk == self.request.mentor_id else "mentee"


@dataclass(frozen=True)
class Next:
    """The one thing that comes next: its kind, and the row it is about if there is one."""

    kind: str
    row: Any = None


@dataclass
class Home:
    """The first page. Lists hold all there is; the page shows the first `MOST_SHOWN` of each."""

    me: Enrolment | None
    goal: Goal | None
    draft_goal: Goal | None
    has_profile: bool
    offers_something: bool
    my_turn: list[Asked]
    on_others: list[Asked]
    drafts: list[Asked]
    kept: list[WaitingEntry]
    in_line: list[WaitingEntry]
    pairs: list[Participant]
    now: datetime
    coming: list[Line] = field(default_factory=list)
    ask_to_join: int = 0
    is_alone: bool = False
    reader: Reader | None = None
    cards: list[Card] = field(default_factory=list)

    @property
    def waiting_for_me(self) -> int:
        """How many things wait for a word of this member: requests, questions, people who ask to join."""
        return len(self.my_turn) + self.ask_to_join + sum(line.asks_me for line in self.coming)

    @property
    def looks_for_someone(self) -> bool:
        """Whether they take part as a mentee."""
        return self.me is None or self.me.is_mentee

    @property
    def has_asked(self) -> bool:
        """Whether a mentor is theirs, asked or waited for."""
        asked = any(found.is_mine for found in (*self.my_turn, *self.on_others))
        return asked or bool(self.kept or self.in_line) or any(pair.role == "mentor" for pair in self.pairs)

    @property
    def soonest(self) -> Line | None:
        """The first meeting within three days, or what is due or overdue by then."""
        soon = [line for line in self.coming if line.at <= self.now + SOON and line.kind not in QUIET]
        return min(soon, key=lambda line: line.at, default=None)

    @property
    def new_pair(self) -> Participant | None:
        """The other person of the latest relationship, while it is new."""
        new = [pair for pair in self.pairs if pair.relationship.opened_at >= self.now - IS_NEW_FOR]
        return new[0] if new else None


def next_for(home: Home) -> Next:
    """The one next thing. Who waits for an answer comes first, then what is kept, then one's own way."""
    answers = [found for found in home.my_turn if not found.is_mine]
    questions = [found for found in home.my_turn if found.is_mine]
    if answers:
        return Next("answer", answers[0])
    if home.kept:
        return Next("kept", home.kept[0])
    if questions:
        return Next("question", questions[0])
    asked = next((line for line in home.coming if line.asks_me), None)
    if asked is not None:
        return Next("coming", asked)
    if home.ask_to_join:
        return Next("join")
    if home.is_alone:
        return Next("people")
    if home.looks_for_someone and home.goal is None:
        return Next("goal", home.draft_goal)
    if not home.offers_something:
        return Next("offer")
    if home.looks_for_someone and not home.has_asked:
        return Next("ask" if home.cards else "look")
    if home.soonest is not None:
        return Next("coming", home.soonest)
    if home.new_pair is not None:
        return Next("hello", home.new_pair)
    return Next("nothing")


def read_home(member: Member, *, now: datetime) -> Home:
    """Everything the first page says."""
    goals = list(goals_of(member).filter(state__in=(Goal.State.ACTIVE, Goal.State.DRAFT)))
    me = my_network_enrolment(member)
    asked = _asked(member)
    waits = list(
        WaitingEntry.objects.visible_to(member)
        .in_line()
        .select_related("mentor__member__organisation")
        .defer(*without_heavy("mentor__member__organisation"))
    )
    home = Home(
        me=me,
        goal=next((goal for goal in goals if goal.state == Goal.State.ACTIVE), None),
        draft_goal=next((goal for goal in goals if goal.state == Goal.State.DRAFT), None),
        has_profile=Profile.objects.filter(member=member).exists(),
        offers_something=MemberSkill.objects.filter(member=member).exists(),
        my_turn=[found for found in asked if found.is_my_turn],
        on_others=[found for found in asked if found.request.is_open and not found.is_my_turn],
        drafts=[found for found in asked if not found.request.is_open],
        kept=[entry for entry in waits if entry.state == WaitingEntry.State.OFFERED],
        in_line=[entry for entry in waits if entry.state == WaitingEntry.State.WAITING],
        pairs=_pairs(member),
        now=now,
        coming=coming_up(member, now=now),
        ask_to_join=waiting(member).count() if member.is_administrator else 0,
        is_alone=member.is_administrator and is_alone(member),
    )
    _say_how_long(home, now=now)
    if home.looks_for_someone and home.goal is not None and not home.has_asked:
        home.reader = read_reader(member, goal_id=home.goal.pk, now=now)
        home.cards = cards(home.reader, recommendations(home.reader, most=SUGGESTIONS))
    return home


def _asked(member: Member) -> list[Asked]:
    """Open requests and drafts, the one that closes first before the others."""
    rows = MentoringRequest.objects.visible_to(member).filter(state__in=(State.PENDING, State.DRAFT))
    found = []
    people = ("mentee__member__organisation", "mentor__member__organisation")
    rows = rows.select_related(*people, "next_choice__member").defer(*without_heavy(*people))
    for request in rows.order_by("expires_at", "pk"):
        mine_first = [request.mentee, request.mentor]
        if request.mentor.member_id == member.pk:
            mine_first.reverse()
        found.append(Asked(request, *mine_first))
    return found


def _pairs(member: Member) -> list[Participant]:
    """The other person of each relationship under way, the newest first."""
    mine = Participant.objects.filter(
        enrolment__member=member, left_at__isnull=True, relationship__state__in=OPEN
    ).values("relationship")
    others = Participant.objects.filter(relationship__in=mine, left_at__isnull=True).exclude(enrolment__member=member)
    rows = others.select_related("relationship", "enrolment__member__organisation")
    rows = rows.defer(*without_heavy("enrolment__member__organisation"))
    return list(rows.order_by("-relationship__opened_at", "pk"))


def _say_how_long(home: Home, *, now: datetime) -> None:
    """Put a mentor's usual reply beside each request, and the place beside each line."""
    asked: Sequence[Asked] = [found for found in home.on_others if found.other_role == "mentor"]
    replies = reply_times([found.other for found in asked], now=now) if asked else {}
    for found in asked:
        found.other.reply = replies[found.other.pk]
    places = positions(home.in_line) if home.in_line else {}
    for entry in home.in_line:
        entry.position = places[entry.pk]
