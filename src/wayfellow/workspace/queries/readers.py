"""Who can read each kind of item of one relationship, and every look by staff."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wayfellow.audit.models import Event
from wayfellow.conversations.readers import READERS as LETTERS
from wayfellow.core.readers import READERS, ItemKind
from wayfellow.goals.readers import READERS as GOALS
from wayfellow.meetings.readers import READERS as MEETINGS
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.readers import READERS as AGREEMENT
from wayfellow.surveys.readers import READERS as PULSE

LOOKED = "relationship_looked_at"
REPORT = ItemKind(
    kind="report",
    label=_("A report of harm"),
    readers={"me": _("What you sent"), "safeguarding": _("Yes, unless it names them")},
)
QUIET_WORD = ItemKind(
    kind="quiet_word",
    label=_("A quiet word you ask for"),
    readers={"me": _("What you sent"), "manager": _("If you chose them"), "safeguarding": _("If you chose them")},
)
KINDS: list[ItemKind] = [*LETTERS, *MEETINGS, *GOALS, *AGREEMENT, *PULSE, QUIET_WORD, REPORT]

# What `queries.health` shows a programme manager: dates and counts, never words.
SEEN_BY_PROGRAMME = {
    "conversations.Message": _("Whether they come from more than one side"),
    "meetings": _("That you met, and when"),
    "agreement": _("That it is signed, and when"),
}


@dataclass(frozen=True)
class Reader:
    """A column of the table.

    Attributes:
        key: one of `core.readers.READERS`.
        name: what the column is called.
        who: the people who are meant, by name; empty where the name says it.
    """

    key: str
    name: Any
    who: str = ""


@dataclass(frozen=True)
class Cell:
    """What one reader reads of one kind; no words: nothing."""

    reader: Any
    words: Any

    @property
    def is_yes(self) -> bool:
        return str(self.words) == str(_("Yes"))


def readers_of(relationship: Relationship, member: Member, names: str) -> list[Reader]:
    """The columns: the reader, the others, and the people who hold an office here. Three queries."""
    here = Member.objects.active().filter(organisation=member.organisation_id).order_by("full_name")
    managers = here.filter(programmes_managed=relationship.cohort.programme_id)
    return [
        Reader("me", _("You")),
        Reader("others", names),
        Reader("manager", _("Programme manager"), _names(managers)),
        Reader("administrator", _("Administrator"), _names(here.filter(is_administrator=True))),
        Reader("safeguarding", _("Safeguarding lead"), _names(here.filter(is_safeguarding_lead=True))),
    ]


def table_of(readers: list[Reader]) -> list[tuple[Any, list[Cell]]]:
    """Each kind of item with what each reader reads of it."""
    assert [reader.key for reader in readers] == list(READERS)  # noqa: S101
    return [(kind.label, [Cell(reader.name, kind.readers.get(reader.key, "")) for reader in readers]) for kind in KINDS]


def looks_at(relationship: Relationship) -> QuerySet[Event]:
    """Every look by staff at this relationship, the newest first."""
    rows = Event.objects.filter(
        organisation=relationship.organisation_id,
        verb=LOOKED,
        about_type=Relationship._meta.label,
        about_id=str(relationship.pk),
    )
    return rows.select_related("actor").order_by("-sequence")


def _reads(kind: ItemKind, reader: str) -> Any:
    seen = SEEN_BY_PROGRAMME.get(kind.kind, "") if reader == "manager" else ""
    return seen or kind.readers.get(reader, "")


def _names(rows: QuerySet[Member]) -> str:
    return ", ".join(rows.values_list("full_name", flat=True))
