"""What the scenes of one organisation share: who is there, and the story that is being told."""

from dataclasses import dataclass, field
from typing import Any

from wayfellow.demo.staff import Employee
from wayfellow.demo.story import Story
from wayfellow.people.models import Member, Organisation
from wayfellow.programmes.models import Enrolment
from wayfellow.skills.models import Skill


@dataclass
class World:
    """Everything by the names people have in the story."""

    story: Story
    organisation: Organisation
    staff: list[Employee] = field(default_factory=list)
    skills: dict[str, Skill] = field(default_factory=dict)
    _members: dict[str, Member] = field(default_factory=dict)
    _enrolments: dict[str, Enrolment] = field(default_factory=dict)

    def employee(self, name: str) -> Employee:
        """The row of the staff list with this name."""
        return next(person for person in self.staff if person.name == name)

    def member(self, name: str) -> Member:
        """Somebody, as they were when they were first asked for: actions read afresh what they decide on."""
        if name not in self._members:
            rows = Member.objects.select_related("account")
            self._members[name] = rows.get(organisation=self.organisation, full_name=name)
            self._members[name].organisation = self.organisation
        return self._members[name]

    def has_joined(self, name: str) -> bool:
        """Whether somebody on the staff list is a member already."""
        rows = Member.objects.filter(organisation=self.organisation, state=Member.State.ACTIVE)
        return rows.filter(full_name=name).exists()

    def changed(self, member: Member) -> None:
        """Note that somebody is another than they were, so that they are read afresh."""
        self._members.pop(member.full_name, None)
        self._enrolments.pop(member.full_name, None)

    def enrolment(self, name: str) -> Enrolment:
        """Somebody in the open network, as they were when they were first asked for."""
        if name not in self._enrolments:
            rows = Enrolment.objects.select_related("cohort__programme")
            found = rows.get(cohort__programme__is_open_network=True, member=self.member(name))
            found.member, found.organisation = self.member(name), self.organisation
            self._enrolments[name] = found
        return self._enrolments[name]

    def skill(self, key: str) -> Skill:
        """A skill of the starter taxonomy."""
        if not self.skills:
            self.skills = {skill.key: skill for skill in Skill.objects.filter(organisation=None)}
        return self.skills[key]

    def on(self, days_ago: float, step: Any, *args: Any, **kwargs: Any) -> None:
        """As `Story.on`, for a step that takes the world first."""
        self.story.on(days_ago, step, self, *args, **kwargs)

    def after(self, days: float, step: Any, *args: Any, **kwargs: Any) -> None:
        """As `Story.after`, for a step that takes the world first."""
        self.story.after(days, step, self, *args, **kwargs)
