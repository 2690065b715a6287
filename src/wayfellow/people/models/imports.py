from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.json import PlainEncoder
from wayfellow.core.scoping import OrganisationOwned
from wayfellow.people.models.invitations import AdministratorsOnlyQuerySet


class MemberImport(OrganisationOwned):
    """One file of people: checked first, applied when a person decides, by a job that can be killed and goes on."""

    class State(models.TextChoices):
        READING = "reading", _("Reading")
        CHECKED = "checked", _("Checked")
        APPLYING = "applying", _("Applying")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    file_name = models.CharField(max_length=200)
    file = models.BinaryField()
    mapping = models.JSONField(default=dict, encoder=PlainEncoder)
    columns = models.JSONField(default=list, encoder=PlainEncoder)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    # Grows with every reading and every start of applying: whoever holds an older number has been overtaken.
    turn = models.PositiveIntegerField(default=0)
    fault = models.JSONField(default=dict, encoder=PlainEncoder)
    warnings = models.JSONField(default=list, encoder=PlainEncoder)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    to_create = models.PositiveIntegerField(default=0)
    to_change = models.PositiveIntegerField(default=0)
    to_leave = models.PositiveIntegerField(default=0)
    to_refuse = models.PositiveIntegerField(default=0)
    fields_to_change = models.PositiveIntegerField(default=0)
    # How far the two passes are: rows up to these lines are applied, and have their managers.
    applied_line = models.PositiveIntegerField(default=0)
    linked_line = models.PositiveIntegerField(default=0)
    done_before = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused_on_the_way = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    started_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AdministratorsOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def to_apply(self) -> int:
        """How many people applying it creates or changes."""
        return self.to_create + self.to_change

    @property
    def job_key(self) -> str:
        """The job of this turn."""
        return f"member-import:{self.pk}:{self.turn}"


class ImportRow(OrganisationOwned):
    """What would happen, or has happened, to one row of the file."""

    class Result(models.TextChoices):
        CREATE = "create", _("Create")
        CHANGE = "change", _("Change")
        LEAVE = "leave", _("Leave")
        REFUSE = "refuse", _("Refuse")

    member_import = models.ForeignKey("people.MemberImport", on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=Result)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    employee_number = models.CharField(max_length=60, blank=True)
    manager_key = models.CharField(max_length=254, blank=True)
    values = models.JSONField(default=dict, encoder=PlainEncoder)
    changes = models.JSONField(default=list, encoder=PlainEncoder)
    problems = models.JSONField(default=list, encoder=PlainEncoder)
    warnings = models.JSONField(default=list, encoder=PlainEncoder)
    applied = models.BooleanField(default=False)
    linked = models.BooleanField(default=False)

    objects = AdministratorsOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member_import", "line", name="import_row_unique")]
        indexes = [
            models.Index(fields=["member_import", "result", "line"]),
            models.Index(fields=["member_import", "email"]),
        ]

    def __str__(self) -> str:
        return f"import row {self.pk}"


class ColumnMemory(OrganisationOwned):
    """How this organisation's administrator mapped a column the last time. An empty field leaves it out."""

    header = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdministratorsOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "header", name="column_memory_unique")]

    def __str__(self) -> str:
        return f"column {self.pk}"
