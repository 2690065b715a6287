"""The skill picker, for what a member offers and for what a goal asks for, and the form of a skill.

The picker stands inside a page's own form and works without JavaScript: its search, add and remove buttons send
that form, which comes back with everything typed kept and nothing saved. In a view:

    picker = GoalSkills(request.POST or None, member=request.member, chosen=[(skill, 2, 4)])
    if request.method == "POST" and not picker.is_picking and picker.is_valid():
        save(picker.chosen_skills())

and in the template, between `<form method="post">` and the page's own buttons: `{% include "skills/_picker.html" %}`,
after `{% include "web/components/errors.html" with form=picker %}`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from wayfellow.people.models import Member
from wayfellow.skills.models import Level, Skill
from wayfellow.skills.policy import MOST_SKILLS
from wayfellow.skills.queries import FamilyOfSkills, Rung, anchors_of, family_choices, in_families, suggest
from wayfellow.web.forms import Form

PREFIX = "skills"
MOST_LETTERS = 100
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}")


@dataclass(frozen=True)
class Entry:
    """One chosen skill as the picker shows it."""

    skill: Skill
    fields: list[Any]
    rungs: list[Rung]
    is_open: bool
    level: Rung | None
    helps: bool


class SkillPicker(Form):
    """What both pickers share: searching, adding, taking off.

    Attributes:
        is_picking: one of the picker's own buttons was pressed; show the page again, save nothing.
        word: what that did, in words.
    """

    entry_template = ""
    asks_for = ""
    most = MOST_SKILLS
    least = 0
    mark_optional = False

    find = forms.CharField(
        label=_("Find a skill"),
        help_text=_("Any word for it will do, such as “interviews”, “Excel” or “crew”."),
        required=False,
        max_length=MOST_LETTERS,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        member: Member,
        chosen: Iterable[tuple[Skill, Any, Any]] = (),
        add: str = "",
        prefix: str = PREFIX,
    ) -> None:
        """
        Args:
            data: what was sent, or None.
            member: who chooses.
            chosen: (skill, first value, second value) of each skill that is chosen before anything is sent.
            add: key of a skill to add to those, from a link.
        """
        self.member = member
        self.word: Any = ""
        self.choice_hints: dict[str, dict[Any, Any]] = {}
        chosen = list(chosen)
        if data is None:
            keys, pressed, values = [skill.key for skill, *_values in chosen], {"add": add}, self._values_of(chosen)
        else:
            keys = _all(data, f"{prefix}-skill")
            pressed = {name: str(data.get(f"{prefix}-{name}") or "") for name in ("search", "add", "remove")}
            values = {name: data.get(f"{prefix}-{name}") for key in keys for name in self.names_of(key)}
            values["find"] = "" if pressed["add"] else str(data.get(f"{prefix}-find") or "")[:MOST_LETTERS]
        self.is_picking = data is not None and any(pressed.values())
        self.skills = self._load(keys)
        self._press(pressed)
        super().__init__(None if self.is_picking else data, initial=values, prefix=prefix)
        for skill in self.skills:
            self.fields.update(self.fields_for(skill))

    @staticmethod
    def names_of(key: str) -> tuple[str, str]:
        """Names of the two fields of a skill."""
        raise NotImplementedError

    def fields_for(self, skill: Skill) -> dict[str, forms.Field]:
        """The two fields of a skill."""
        raise NotImplementedError

    def _values_of(self, chosen: list[tuple[Skill, Any, Any]]) -> dict[str, Any]:
        return {
            name: value
            for skill, *values in chosen
            for name, value in zip(self.names_of(skill.key), values, strict=True)
        }

    def _load(self, keys: list[str]) -> list[Skill]:
        asked = [key for key in dict.fromkeys(keys) if _KEY.fullmatch(key)]
        found = {skill.key: skill for skill in Skill.objects.visible_to(self.member).filter(key__in=asked)}
        return [found[key] for key in asked if key in found]

    def _press(self, pressed: dict[str, str]) -> None:
        """Do what the pressed button asks, and say so."""
        add, remove = pressed.get("add", ""), pressed.get("remove", "")
        if remove:
            for skill in [skill for skill in self.skills if skill.key == remove]:
                self.skills.remove(skill)
                self.word = _("“%(skill)s” is taken off. Nothing is saved yet.") % {"skill": skill}
        elif add and _KEY.fullmatch(add) and add not in {skill.key for skill in self.skills}:
            skill = Skill.objects.choosable_by(self.member).filter(key=add).first()
            if skill is None:
                self.word = _("This skill can no longer be chosen here.")
            elif len(self.skills) >= self.most:
                self.word = self._too_many()
            else:
                self.skills.append(skill)
                self.word = _("“%(skill)s” is added. Choose a level for it.") % {"skill": skill}

    def _too_many(self) -> str:
        most = ngettext("Choose at most %(most)d skill.", "Choose at most %(most)d skills.", self.most)
        return most % {"most": self.most}

    def clean(self) -> dict[str, Any]:
        if len(self.skills) < self.least:
            least = ngettext("Choose at least %(least)d skill.", "Choose at least %(least)d skills.", self.least)
            self.add_error("find", least % {"least": self.least})
        if len(self.skills) > self.most:
            self.add_error("find", self._too_many())
        return self.cleaned_data

    def chosen_skills(self) -> list[tuple[Skill, Any, Any]]:
        """(skill, first value, second value) of each chosen skill, once the form is valid."""
        return [(skill, *(self.cleaned_data[name] for name in self.names_of(skill.key))) for skill in self.skills]

    @property
    def text(self) -> str:
        """What is being searched for."""
        return str(self["find"].value() or "")

    @property
    def suggestions(self) -> list[Skill]:
        return suggest(self.member, self.text, chosen=self._keys)

    @property
    def families(self) -> list[FamilyOfSkills]:
        """The starter skills and the organisation's own that could still be added, by family."""
        return in_families(Skill.objects.choosable_by(self.member).filter(source="").exclude(key__in=self._keys))

    @property
    def entries(self) -> list[Entry]:
        """The chosen skills, open where something is still to be said."""
        entries = []
        for skill in self.skills:
            names = self.names_of(skill.key)
            fields, rungs = [self[name] for name in names], anchors_of(skill)
            level = _as_level(fields[0].value())
            is_open = level is None or (self.is_bound and any(name in self.errors for name in names))
            entries.append(
                Entry(
                    skill=skill,
                    fields=fields,
                    rungs=rungs,
                    is_open=is_open,
                    level=rungs[level - 1] if level else None,
                    helps=bool(fields[1].value()),
                )
            )
        return entries

    @property
    def _keys(self) -> list[str]:
        return [skill.key for skill in self.skills]


class OfferedSkills(SkillPicker):
    """What a member can do: a level for each skill, and whether they would help others with it."""

    entry_template = "skills/_offered_skill.html"
    asks_for = pgettext_lazy("skills one has", "What you can do")

    @staticmethod
    def names_of(key: str) -> tuple[str, str]:
        return f"level-{key}", f"offers-{key}"

    def fields_for(self, skill: Skill) -> dict[str, forms.Field]:
        level, offers = self.names_of(skill.key)
        self.choice_hints[level] = {rung.level: rung.anchor for rung in anchors_of(skill)}
        missing = _("Choose your level in “%(skill)s”.") % {"skill": skill}
        return {
            level: forms.TypedChoiceField(
                label=_("Your level"),
                choices=[(level, f"{level} · {label}") for level, label in Level.choices],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": missing, "invalid_choice": missing},
            ),
            offers: forms.BooleanField(
                label=_("I can help others with it"),
                help_text=_("You are then found by people who want to learn it."),
                required=False,
            ),
        }


class GoalSkills(SkillPicker):
    """What a goal asks for: from which level to which."""

    entry_template = "skills/_goal_skill.html"
    asks_for = _("Skills for this goal")
    least = 1
    most = 5

    @staticmethod
    def names_of(key: str) -> tuple[str, str]:
        return f"from-{key}", f"to-{key}"

    def fields_for(self, skill: Skill) -> dict[str, forms.Field]:
        begin, end = self.names_of(skill.key)
        return {
            begin: _level_field(_("Where you are now"), Level.values[:-1], skill),
            end: _level_field(_("Where you want to be"), Level.values[1:], skill),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for skill in self.skills:
            begin, end = self.names_of(skill.key)
            if cleaned.get(begin) and cleaned.get(end) and cleaned[end] <= cleaned[begin]:
                higher = _("“%(skill)s”: choose a level above where you are now.") % {"skill": skill}
                self.add_error(end, higher)
        return self.cleaned_data


class SkillForm(Form):
    """A skill of the organisation's own."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As people here say it."),
        error_messages={"required": _("Write what the skill is called.")},
    )
    family = forms.ChoiceField(
        label=_("Family"),
        help_text=_("The skill takes its five levels from its family, in words."),
        error_messages={"required": _("Choose a family."), "invalid_choice": _("Choose one of the families.")},
    )
    description = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    synonyms = forms.CharField(
        label=_("Also called"),
        max_length=500,
        required=False,
        help_text=_("Other words people search for, with commas between them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = self.fields["family"]
        family.choices = [("", _("Choose a family")), *family_choices()]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(_("Write a name with letters in it."))
        return name

    def clean_synonyms(self) -> list[str]:
        words = (" ".join(word.split()) for word in self.cleaned_data["synonyms"].split(","))
        return list(dict.fromkeys(word for word in words if word))


def _all(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))


def _as_level(value: Any) -> int | None:
    """The level in what was typed, if it is one."""
    text = str(value or "")
    return int(text) if text in {str(level) for level in Level.values} else None


def _level_field(label: Any, levels: list[int], skill: Skill) -> forms.TypedChoiceField:
    missing = _("Choose both levels for “%(skill)s”.") % {"skill": skill}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Choose a level")), *((value, f"{value} · {Level(value).label}") for value in levels)],
        coerce=int,
        error_messages={"required": missing, "invalid_choice": missing},
    )
