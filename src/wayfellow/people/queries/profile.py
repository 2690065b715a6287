"""What a profile page shows, and how far somebody has come with their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from wayfellow.people import availability, vocabulary
from wayfellow.people.models import BackgroundFacet, Member, Profile
from wayfellow.search.words import fold

STEPS = ("about", "skills", "availability", "background", "check")


def people_for(reader: Member) -> QuerySet[Member]:
    """Whose page somebody may open: who is here and neither blocked them nor was blocked by them; their own always."""
    rows = Member.objects.visible_to(reader)
    kept_away = Member.objects.filter(Q(blocks__blocked=reader) | Q(blocked_by__blocker=reader))
    return rows.filter(Q(pk=reader.pk) | Q(state=Member.State.ACTIVE)).exclude(pk__in=kept_away.values("pk"))


def profile_of(member: Member) -> Profile:
    """Their profile without the photo; an empty one, not stored, for who has said nothing yet."""
    found = Profile.objects.filter(member=member).defer("photo").first()
    return found or Profile(member=member, organisation_id=member.organisation_id)


@dataclass(frozen=True)
class ProfilePage:
    """A member as somebody may see them.

    Attributes:
        free: (days, times) in the reader's own time.
        background: what of it the reader may see.
        mentor_enrolment: their offer to mentor in the open network, if the reader may see it.
    """

    member: Member
    profile: Profile
    is_me: bool
    skills: list[Any]
    languages: str
    free: list[tuple[str, str]]
    background: list[BackgroundFacet]
    mentor_enrolment: Any

    @property
    def work(self) -> str:
        """Head of product, Customer tools · Lisbon."""
        return self.member.work

    @property
    def says_nothing(self) -> bool:
        profile = self.profile
        said = (profile.about, profile.industry, profile.function, profile.seniority, self.languages)
        return not (any(said) or self.skills or self.free or self.background)


def profile_page(reader: Member, member: Member, *, now: datetime) -> ProfilePage:
    """Everything a profile page shows, in a fixed number of statements."""
    profile = profile_of(member)
    offers = member.enrolments.mentors().visible_to(reader).filter(cohort__programme__is_open_network=True)
    return ProfilePage(
        member=member,
        profile=profile,
        is_me=reader.pk == member.pk,
        skills=sorted(
            member.skills.select_related("skill"),
            key=lambda entry: (not entry.offers, -entry.level, fold(str(entry.skill))),
        ),
        languages=availability.listed([vocabulary.language_name(code) for code in member.languages]),
        free=availability.for_reader(profile.availability, zone=member.zone, reader_zone=reader.zone, now=now),
        background=list(BackgroundFacet.objects.visible_to(reader).filter(member=member).order_by("kind")),
        mentor_enrolment=offers.first(),
    )


def steps_done(member: Member) -> set[str]:
    """The steps of the profile in which something is said."""
    profile = profile_of(member)
    said = {
        "about": profile.pk is not None,
        "skills": member.skills.exists(),
        "availability": bool(profile.availability),
        "background": member.background.exists(),
    }
    return {step for step, is_said in said.items() if is_said}
