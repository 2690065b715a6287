"""A made-up organisation of any size on the database that is set: members, profiles, skills, mentors, requests.

Names, titles, departments, places, zones, languages and skills are spread as in a large company: a few are common,
many are rare. The same seed makes the same people. Rows are written in bulk, as an import writes them; the index is
written by the application itself.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

FIRST = (
    "Amara Inês Leif Yusra Benedikt Kofi Rafael Odalys Mireille Tomasz Priya Hiroshi Ngozi Lucía Søren Fatima Jakub "
    "Anouk Mehmet Chiara Oluwaseun Ingrid Dmitri Aroha Sinazo Pavel Noor Emeka Saoirse Viktor Ximena Baptiste Zeynep "
    "Mateus Freya Abdullah Katarzyna Giulia Tariq Rosalind"
)
ROOTS = "Holm Tava Oye Had Auer Ombra Ren Wester Kirch Lind Sato Okon Marq Dela Nor Vas Petr Gal Mor Brand"
MIDDLES = "qvar re lun dar slo do ne ber mei stro ka kwe ui cru dal con ov lag eau en"
ENDS = "n do de ine h r son gaard mann m moto ez s man t os ski her x berg"
TITLES = (
    "Product manager|Principal engineer|Analyst|Field technician|Head of product|Data scientist|Project lead|"
    "Financial controller|Account executive|Customer advisor|Software engineer|Design researcher|Team manager|"
    "Legal counsel|Operations planner|Grid engineer|Procurement specialist|Communications partner|Safety officer|"
    "People partner"
)
AREAS = "Customer Field Grid Water Energy Finance Legal People Digital Retail Northern Southern"
UNITS = "tools|operations|planning|services|analytics|support|projects|engineering|strategy|relations"
PLACES = (
    "Lisbon Nairobi Oslo Leeds Porto Hamburg Toronto Lyon Lagos Osaka Gdańsk Lima Durban Pune Austin Turin Cork Bergen"
)
ZONES = {"Europe/Lisbon": 6, "Europe/Berlin": 6, "Africa/Nairobi": 3, "America/Toronto": 3, "Asia/Kolkata": 2}
LANGUAGES = {"en": 14, "pt": 5, "de": 5, "fr": 4, "es": 4, "no": 2, "pl": 2, "it": 2, "sw": 1, "ja": 1, "hi": 1}
ABOUT = (
    "roadmap discovery interviews budget audit migration onboarding tender outage pricing regulation forecast "
    "negotiation coaching presentation restructuring metering substation workshop prototype compliance survey pipeline "
    "incident vendor dashboard quarterly strategy retention hiring"
)
AT_ONCE = 5_000
MENTORS = 5
ASKED = 20


def fill(members: int, *, seed: int = 0, mentor_every: int = MENTORS) -> Any:
    """Fill the database with an organisation. Returns the member who looks for a mentor.

    Args:
        members: how many, the one who looks included.
        mentor_every: how many members there are for each who mentors.
    """
    from django.db import transaction

    from wayfellow.people.models import Member, Organisation
    from wayfellow.programmes.models import Cohort, Programme
    from wayfellow.search.actions import touch_all
    from wayfellow.skills.actions import sync_starter_skills
    from wayfellow.skills.models import Skill

    draw = random.Random(seed)
    if not Skill.objects.exists():
        sync_starter_skills()
    organisation = Organisation.objects.create(name="Larkmoor Utilities", slug="larkmoor", time_zone="Europe/Lisbon")
    programme = Programme.objects.create(organisation=organisation, name="Open network", is_open_network=True)
    cohort = Cohort.objects.create(organisation=organisation, programme=programme, name="Open network")
    skills = list(Skill.objects.order_by("pk").values_list("pk", flat=True))
    weights = [1 / (rank + 3) for rank in range(len(skills))]
    reader = _reader(organisation, cohort, skills)
    for start in range(1, members, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, members))
        with transaction.atomic():
            here = _members(organisation, numbers, draw)
            _profiles(here, draw)
            mentors = here[::mentor_every]
            _enrolments(cohort, here, {member.pk for member in mentors}, draw)
            _skills(mentors, skills, weights, draw)
            touch_all(member.pk for member in mentors)
    _requests(cohort, draw)
    _measure_tables()
    return Member.objects.select_related("organisation").get(pk=reader.pk)


def _members(organisation: Any, numbers: range, draw: random.Random) -> list[Any]:
    from wayfellow.people.models import Member

    return Member.objects.bulk_create(_made_up(organisation, numbers, draw), batch_size=500)


def _made_up(organisation: Any, numbers: range, draw: random.Random) -> Iterator[Any]:
    from wayfellow.core import clock
    from wayfellow.people.models import Member

    now, state_of = clock.now(), Member.State
    states = [state_of.ACTIVE] * 92 + [state_of.INVITED] * 4 + [state_of.LISTED] * 2 + [state_of.LEFT] * 2
    firsts, roots, middles, ends = FIRST.split(), ROOTS.split(), MIDDLES.split(), ENDS.split()
    titles, areas, units, places = TITLES.split("|"), AREAS.split(), UNITS.split("|"), PLACES.split()
    for number in numbers:
        first = draw.choice(firsts)
        last = draw.choice(roots) + draw.choice(middles) + draw.choice(ends)
        state = draw.choice(states)
        yield Member(
            organisation=organisation,
            state=state,
            full_name=f"{first} {last}",
            first_name=first,
            last_name=last,
            email=f"person.{number}@larkmoor.example",
            employee_number=f"L{number:07}",
            job_title=_common_first(titles, draw),
            department=f"{_common_first(areas, draw)} {_common_first(units, draw)}",
            location=_common_first(places, draw),
            time_zone=draw.choices(list(ZONES), list(ZONES.values()))[0],
            languages=sorted(set(draw.choices(list(LANGUAGES), list(LANGUAGES.values()), k=draw.randint(1, 3)))),
            joined_at=now if state == Member.State.ACTIVE else None,
            last_seen_on=now.date() - timedelta(days=draw.randrange(90)) if state == Member.State.ACTIVE else None,
        )


def _profiles(members: list[Any], draw: random.Random) -> None:
    from wayfellow.people.models import Profile
    from wayfellow.people.vocabulary import FUNCTIONS, INDUSTRIES

    industries, functions = list(INDUSTRIES), list(FUNCTIONS)
    Profile.objects.bulk_create(
        (
            Profile(
                organisation_id=member.organisation_id,
                member=member,
                industry=_common_first(industries, draw),
                function=_common_first(functions, draw),
                seniority=draw.choices((1, 2, 3, 4, 5), (2, 4, 3, 2, 1))[0],
                about=" ".join(draw.sample(ABOUT.split(), 12)),
                availability=[
                    {"weekday": day, "start": start * 60, "end": (start + 2) * 60}
                    for day in draw.sample(range(5), draw.randint(0, 3))
                    for start in (draw.randint(8, 18),)
                ],
            )
            for member in members
        ),
        batch_size=500,
    )


def _enrolments(cohort: Any, members: list[Any], mentors: set[int], draw: random.Random) -> None:
    from wayfellow.core import clock
    from wayfellow.programmes.models import Enrolment

    back = clock.now().date() + timedelta(days=20)

    def enrolment(member: Any) -> Any:
        mentor = member.pk in mentors
        capacity = draw.choices((1, 2, 3, 5), (4, 4, 2, 1))[0] if mentor else 0
        return Enrolment(
            organisation_id=member.organisation_id,
            cohort=cohort,
            member=member,
            is_mentor=mentor,
            capacity=capacity,
            places_taken=draw.randint(0, capacity),
            away_until=back if mentor and draw.random() < 0.05 else None,
            waiting_list_open=draw.random() < 0.7,
        )

    Enrolment.objects.bulk_create((enrolment(member) for member in members), batch_size=500)


def _skills(mentors: list[Any], skills: list[int], weights: list[float], draw: random.Random) -> None:
    from wayfellow.skills.models import MemberSkill

    MemberSkill.objects.bulk_create(
        (
            MemberSkill(organisation_id=member.organisation_id, member=member, skill_id=skill, level=draw.randint(2, 5))
            for member in mentors
            for skill in set(draw.choices(skills, weights, k=draw.randint(2, 8)))
        ),
        batch_size=2000,
    )


def _requests(cohort: Any, draw: random.Random) -> None:
    """Every twentieth mentor was asked lately, some of them often; most of the requests were answered."""
    from wayfellow.core import clock
    from wayfellow.programmes.models import Enrolment
    from wayfellow.relationships.models import MentoringRequest

    now = clock.now()
    mentors = list(Enrolment.objects.filter(cohort=cohort, is_mentor=True).order_by("pk").values_list("pk", flat=True))
    mentees = list(Enrolment.objects.filter(cohort=cohort, is_mentor=False).order_by("pk").values_list("pk", flat=True))
    rows = []
    for mentor in mentors[::ASKED]:
        for mentee in draw.sample(mentees, min(draw.randint(1, 8), len(mentees))):
            sent = now - timedelta(days=draw.randrange(120), hours=draw.randrange(24))
            waits = sent > now - timedelta(days=7)
            rows.append(
                MentoringRequest(
                    organisation_id=cohort.organisation_id,
                    cohort=cohort,
                    mentee_id=mentee,
                    mentor_id=mentor,
                    state="pending" if waits else "declined",
                    awaiting="mentor" if waits else "",
                    awaiting_since=sent if waits else None,
                    expires_at=sent + timedelta(days=7),
                    sent_at=sent,
                    answered_at=None if waits else sent + timedelta(hours=draw.randint(1, 90)),
                )
            )
    MentoringRequest.objects.bulk_create(rows, batch_size=500)


def _reader(organisation: Any, cohort: Any, skills: list[int]) -> Any:
    from wayfellow.core import clock
    from wayfellow.goals.models import Goal, GoalSkill
    from wayfellow.people.models import Account, Member, Profile
    from wayfellow.programmes.models import Enrolment

    member = Member.objects.create(
        organisation=organisation,
        account=Account.objects.create_account("amara.oyelunde@larkmoor.example"),
        state=Member.State.ACTIVE,
        is_administrator=True,
        full_name="Amara Oyelunde",
        first_name="Amara",
        last_name="Oyelunde",
        email="amara.oyelunde@larkmoor.example",
        department="Field operations",
        time_zone="Africa/Nairobi",
        languages=["en", "pt"],
        conduct_accepted_version=organisation.conduct_version,
        joined_at=clock.now(),
    )
    weekly = [{"weekday": day, "start": 9 * 60, "end": 18 * 60} for day in range(5)]
    Profile.objects.create(organisation=organisation, member=member, seniority=2, availability=weekly)
    Enrolment.objects.create(organisation=organisation, cohort=cohort, member=member)
    goal = Goal.objects.create(
        organisation=organisation, member=member, state=Goal.State.ACTIVE, is_main=True, title="Lead a product"
    )
    for skill in skills[2:5]:
        GoalSkill.objects.create(organisation=organisation, goal=goal, skill_id=skill, from_level=1, to_level=4)
    return member


def _measure_tables() -> None:
    """Tell the planner how many rows there are, as autovacuum and `PRAGMA optimize` do in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _common_first(values: Any, draw: random.Random) -> Any:
    """One of these, the first ones more often than the last."""
    if draw.random() < 0.6:
        return values[min(int(draw.paretovariate(0.7)) - 1, len(values) - 1)]
    return draw.choice(values)
