from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class AdministratorsOnlyQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Administrators of the organisation."""
        return self.filter(organisation=member.organisation_id) if member.is_administrator else self.none()


class Invitation(OrganisationOwned):
    """A one-time link for one person to join. Only the digest of its token is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    invited_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = AdministratorsOnlyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", condition=models.Q(state="open"), name="invitation_one_open"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_usable(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.state == self.State.OPEN and now < self.expires_at


class JoinRequest(OrganisationOwned):
    """Somebody asks to join and waits for an administrator's yes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    email = models.EmailField(max_length=254)
    full_name = models.CharField(_("name"), max_length=200)
    message = models.CharField(_("a word about you"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AdministratorsOnlyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "email", condition=models.Q(state="waiting"), name="join_request_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"join request {self.pk}"


class OneTimeLink(models.Model):
    """A link that works once: the first set-up, an administrator's first sign-in, joining by a work e-mail."""

    class Purpose(models.TextChoices):
        SET_UP = "set_up", _("Set up the first organisation")
        SIGN_IN = "sign_in", _("Sign in")
        JOIN = "join", _("Join with a work e-mail")

    purpose = models.CharField(max_length=10, choices=Purpose)
    token_digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"one-time link {self.pk}"

    def is_usable(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and now < self.expires_at
