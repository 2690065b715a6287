from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import LockingQuerySet

DEFAULT_ACCENT = "#0a5c4a"


class Organisation(models.Model):
    """The tenant: its people, programmes and settings. Nothing crosses from one to another."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("short name in addresses"), max_length=40, unique=True)
    logo = models.BinaryField(null=True, blank=True, editable=False)
    accent = models.CharField(
        _("accent colour"), max_length=7, default=DEFAULT_ACCENT, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    sender_name = models.CharField(_("mail comes from"), max_length=100, blank=True)
    sender_email = models.EmailField(_("address mail comes from"), blank=True)
    help_email = models.EmailField(_("who helps people"), blank=True)
    word_mentor = models.CharField(_("someone who gives"), max_length=30, blank=True)
    word_mentee = models.CharField(_("someone who seeks"), max_length=30, blank=True)
    word_mentoring = models.CharField(_("what you call it"), max_length=30, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    join_by_domain = models.BooleanField(_("with a work e-mail"), default=False)
    domains = models.JSONField(_("e-mail domains"), default=list, blank=True)
    join_by_asking = models.BooleanField(_("by asking"), default=False)
    join_as_guest = models.BooleanField(_("as a guest"), default=False)
    conduct = models.TextField(_("code of conduct"), max_length=20_000, blank=True)
    conduct_version = models.PositiveIntegerField(default=1)
    second_factor_required = models.BooleanField(_("ask for a second factor"), default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LockingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def mentor_word(self) -> str:
        """What this organisation calls someone who gives."""
        return self.word_mentor or gettext("mentor")

    @property
    def mentee_word(self) -> str:
        """What this organisation calls someone who seeks."""
        return self.word_mentee or gettext("mentee")

    @property
    def mentoring_word(self) -> str:
        """What this organisation calls the whole thing."""
        return self.word_mentoring or gettext("mentoring")

    @property
    def sends_from(self) -> str:
        """The name in front of the address that mails come from."""
        return self.sender_name or self.name

    def today(self, now: datetime) -> date:
        """The day it is where the organisation is."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()
