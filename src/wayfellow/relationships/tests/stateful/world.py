"""Two organisations full of people, and every row of theirs as plain values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection

from wayfellow.core import clock
from wayfellow.core.scoping import OrganisationOwned
from wayfellow.people.actions.imports import check_import
from wayfellow.people.actions.invitations import invite_members
from wayfellow.people.models import BackgroundFacet, ColumnMemory, JoinRequest, Member, Profile
from wayfellow.programmes.models import Cohort, Enrolment, Programme
from wayfellow.relationships import actions
from wayfellow.relationships.tests.conftest import ASK, WHY
from wayfellow.safety.actions import add_to_concern, block_member, report_concern
from wayfellow.search.actions import touch
from wayfellow.skills.models import MemberSkill, RetiredSkill

OWNED = [model for model in apps.get_models() if issubclass(model, OrganisationOwned)]
LINKS = [Programme.managers.through, apps.get_model("safety.Concern").kept_from.through]
BESIDE = [apps.get_model(label) for label in ("jobs.Job", "audit.AuditHead", "people.Account", "notifications.Mail")]
Row = dict[str, Any]
Rows = dict[str, dict[Any, Row]]

MENTORS = {"ines": ("Inês Tavaredo", 1), "noor": ("Noor Eddine", 2), "kofi": ("Kofi Asantewe", 1)}
MENTEES = {"amara": "Amara Oyelunde", "leif": "Leif Holmqvarn", "ada": "Ada Bell", "pia": "Pia Querolt"}
OFFICES = {"ruta": "Ruta Kalvendis", "devika": "Devika Marsh", "sunniva": "Sunniva Brekke", "vera": "Vera Solheim"}
CAST = [*MENTORS, *MENTEES, *OFFICES]


@dataclass
class World:
    """Who there is, by a short name; what was learnt of their rows is asked for afresh each time."""

    start: datetime
    organisation: Any
    programme: Any
    skill: Any
    people: dict[str, int] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        return Member.objects.select_related("organisation").get(pk=self.people[name])

    def enrolment(self, name: str) -> Enrolment | None:
        rows = Enrolment.objects.select_related("member__organisation", "cohort__programme", "organisation")
        return rows.filter(member=self.people[name]).first()

    def members(self) -> Iterable[Member]:
        """Everybody of both organisations, as they are now."""
        return Member.objects.select_related("organisation").order_by("pk")


def build_world(
    organisation: Any, elsewhere: Any, network: Any, make_member: Callable[..., Any], make_goal: Callable[..., Any]
) -> World:
    """Larkmoor with its open network; Northfen, whose people do the same among themselves; one row of everything."""
    skill = make_goal(make_member("Nobody Yet", organisation=elsewhere)).skills.get().skill
    world = World(clock.now(), organisation, network.programme, skill)
    flags = {"ruta": {"is_administrator": True}, "sunniva": {"is_safeguarding_lead": True}, "pia": {"is_guest": True}}
    names = {name: words[0] for name, words in MENTORS.items()} | MENTEES | OFFICES
    for name, full_name in names.items():
        member = make_member(full_name, **flags.get(name, {}))
        world.people[name] = member.pk
        if name in MENTORS:
            _enrol(member, network, skill, capacity=MENTORS[name][1], is_mentee=name == "kofi")
        if name in MENTEES:
            _enrol(member, network, skill)
        if name in MENTEES or name == "kofi":
            make_goal(member)
    network.programme.managers.add(world.people["devika"])
    _one_of_everything(world, organisation, skill)
    _others(elsewhere, skill, make_member, make_goal)
    _under_way(world)
    touch(*Member.objects.all())
    world.start = clock.now()
    return world


def _enrol(member: Any, cohort: Any, skill: Any, *, capacity: int = 0, is_mentee: bool = True) -> Any:
    if capacity:
        MemberSkill.objects.create(organisation=member.organisation, member=member, skill=skill, level=4)
    return Enrolment.objects.create(
        organisation=member.organisation,
        cohort=cohort,
        member=member,
        is_mentor=capacity > 0,
        is_mentee=is_mentee,
        capacity=capacity,
        allows_offers=is_mentee,
    )


def _under_way(world: World) -> None:
    """The middle of a day: a mentor with no room and a line, requests and questions open, two people at work."""
    ines, noor, kofi, amara, leif, ada, pia = (world.enrolment(name) for name in (*MENTORS, *MENTEES))
    actions.accept_request(ines.member, ask(amara, ines))
    for mentee in (leif, ada):
        actions.join_waiting_list(mentee, ines)
    ask(pia, noor)
    actions.ask_question(noor.member, ask(kofi, noor), text="By when?")
    actions.send_offer(noor, ada, why_you=WHY)
    actions.keep_draft(amara, noor, ask=ASK)
    ending = actions.accept_request(kofi.member, ask(leif, kofi))
    actions.join_waiting_list(ada, kofi)
    actions.end_relationship(leif.member, ending, goodbye="Thank you.")
    ask(ada, kofi)  # with the place that was kept for her


def _one_of_everything(world: World, organisation: Any, skill: Any) -> None:
    """What lies about from before, so that there is something to read everywhere."""
    ruta, amara, noor = world.member("ruta"), world.member("amara"), world.member("noor")
    kinds = list(BackgroundFacet.Kind.values)
    for member in (amara, noor, world.member("pia")):
        Profile.objects.create(organisation=organisation, member=member, about="I write about tides.")
        for kind, level in zip(kinds, BackgroundFacet.Visibility.values, strict=False):
            BackgroundFacet.objects.create(
                organisation=organisation, member=member, kind=kind, value="told to some", visibility=level
            )
    invite_members(ruta, addresses=[("New Person", "new.person@larkmoor.example")], cohort=None)
    JoinRequest.objects.create(organisation=organisation, email="x@y.example", full_name="Xenia Yorick")
    check_import(ruta, organisation, file=b"Name,E-mail\nVera Nowak,v.nowak@larkmoor.example\n", file_name="people.csv")
    ColumnMemory.objects.create(organisation=organisation, header="Wer", field="full_name")
    RetiredSkill.objects.create(organisation=organisation, skill=skill)
    amara.notice_preferences.create(organisation=organisation, kind="request_reminder", by_mail=False)
    add_to_concern(amara, report_concern(amara, text="Somebody shouted at me.", about=noor), text="It was twice.")
    marks = apps.get_model("discovery.MentorMark")
    marks.objects.create(organisation=organisation, member=amara, mentor=world.enrolment("noor"), kind="saved")


def _others(elsewhere: Any, skill: Any, make_member: Callable[..., Any], make_goal: Callable[..., Any]) -> None:
    programme = Programme.objects.create(organisation=elsewhere, name="Open network", is_open_network=True)
    cohort = Cohort.objects.create(organisation=elsewhere, programme=programme, name=programme.name)
    roles = {"is_administrator": True, "is_safeguarding_lead": True}
    mentor = _enrol(make_member("Ola Nordby", organisation=elsewhere, **roles), cohort, skill, capacity=1)
    programme.managers.add(mentor.member)
    mentees = []
    for name in ("Yusra Haddarine", "Nils Vargand", "Signe Aas"):
        member = make_member(name, organisation=elsewhere)
        make_goal(member)
        mentees.append(_enrol(member, cohort, skill))
    first, second, third = mentees
    actions.accept_request(mentor.member, ask(first, mentor))
    actions.join_waiting_list(second, mentor)
    block_member(third.member, second.member)
    report_concern(third.member, text="Something happened.", about=second.member)


def ask(mentee: Any, mentor: Any, **fields: Any) -> Any:
    """A request with words in it."""
    values = {"goal": mentee.member.goals.first(), "why_you": WHY, "ask": ASK, "how_often": "as_offered"}
    return actions.send_request(mentee, mentor, **{**values, **fields})


def all_rows() -> Rows:
    """Every row that anybody's act could change, by the model's label and primary key."""
    return {model._meta.label: _rows(model) for model in (*OWNED, *LINKS, *BESIDE)}


def _rows(model: Any) -> dict[Any, Row]:
    return {row["pk"]: row for row in model.objects.order_by("pk").values("pk", *_columns(model))}


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


class Readers:
    """What `visible_to` lets somebody read: of all models in one statement, worded once for each kind of reader."""

    def __init__(self) -> None:
        self.statements: dict[Any, tuple[str, list[Any]]] = {}

    def what_reads(self, member: Member) -> dict[str, set[Any]]:
        """Primary keys by the model's label. `visible_to` is told no moment, so its words last."""
        key = (member.pk, member.is_guest, member.is_administrator, member.is_safeguarding_lead, member.state)
        if key not in self.statements:
            self.statements[key] = self._statement(member)
        found: dict[str, set[Any]] = {model._meta.label: set() for model in OWNED}
        with connection.cursor() as cursor:
            cursor.execute(*self.statements[key])
            for label, pk in cursor.fetchall():
                assert pk not in found[label], f"{label} {pk} is read twice"
                found[label].add(pk)
        return found

    def _statement(self, member: Member) -> tuple[str, list[Any]]:
        parts, values = [], []
        for model in OWNED:
            rows = model.objects.visible_to(member).order_by().values_list("pk")
            try:
                sql, params = rows.query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"SELECT '{model._meta.label}' AS label, found.* FROM ({sql}) found")  # noqa: S608
            values += params
        return " UNION ALL ".join(parts), values


HOURS = {hours: timedelta(hours=hours) for hours in (1, 23, 50, 75, 130, 170)}
