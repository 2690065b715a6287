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
    """Everything by the names people have in the story; rows are read afresh whenever they are asked for."""

    story: Story
    organisation: Organisation
    staff: list[Employee] = field(default_factory=list)
    skills: dict[str, Skill] = field(default_factory=dict)

    def employee(self, name: str) -> Employee:
        """The row of the staff list with this name."""
        return next(person for person in self.staff if person.name == name)

    def member(self, name: str) -> Member:
        """Somebody, as they are now."""
        return Member.objects.select_related("organisation", "account").get(
            organisation=self.organisation, full_name=name
        )

    def enrolment(self, name: str) -> Enrolment:
        """Somebody in the open network, as they are now."""
        rows = Enrolment.objects.select_related("member__organisation", "cohort__programme", "organisation")
        return rows.get(
            organisation=self.organisation, cohort__programme__is_open_network=True, member__full_name=name
        )

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
