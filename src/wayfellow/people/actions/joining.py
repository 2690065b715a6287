"""Coming in without an invitation: with a work e-mail, or by asking."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, Refused, enforce
from wayfellow.jobs.errors import Permanent
from wayfellow.jobs.tasks import task
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.people import policy
from wayfellow.people.actions.invitations import Guest, first_language, let_in, listed_member, write_invitation
from wayfellow.people.actions.organisations import use_link
from wayfellow.people.models import JoinRequest, Member, OneTimeLink, Organisation
from wayfellow.people.queries.joining import administrators, open_network_cohort
from wayfellow.people.tokens import new_token

JOIN_LINK_HOURS = 24


@transaction.atomic
def ask_to_join_later(organisation: Organisation, *, full_name: str, email: str, message: str = "") -> None:
    """`ask_to_join` by a job, so that how long the answer takes does not depend on who is here already.

    Raises:
        InvalidInput: `address_not_allowed`, when nobody can join with such an address.
    """
    _refuse_other_domains(organisation, email)
    task = ask_to_join_job.using(organisation=organisation)
    task.enqueue(organisation_id=organisation.pk, full_name=full_name, email=email, message=message)


@task(priority=10)
def ask_to_join_job(organisation_id: int, full_name: str, email: str, message: str) -> None:
    """`ask_to_join`, unless nobody can join any more."""
    organisation = Organisation.objects.get(pk=organisation_id)
    try:
        ask_to_join(organisation, full_name=full_name, email=email, message=message)
    except InvalidInput as error:
        raise Permanent("nobody can join with such an address any more") from error


@transaction.atomic
def ask_to_join(organisation: Organisation, *, full_name: str, email: str, message: str = "") -> None:
    """Write to somebody who wants to join, or ask the administrators.

    What the caller shows must not depend on who is here already: that is said in the mail, to the address.

    Raises:
        InvalidInput: `address_not_allowed`, when nobody can join with such an address.
    """
    organisation = Organisation.objects.lock(organisation.pk)
    here = Member.objects.filter(organisation=organisation, email__iexact=email).first()
    domain_opens = _refuse_other_domains(organisation, email)
    if here is not None and here.is_active:
        _write_already_here(here)
    elif domain_opens and (here is None or here.state != Member.State.LEFT):
        _send_join_link(organisation, full_name=full_name, email=email)
    else:
        _ask_administrators(organisation, full_name=full_name, email=email, message=message)


@transaction.atomic
def join_with_email(token: str, *, full_name: str) -> Member:
    """Join by the link that was sent to a work e-mail.

    Raises:
        Refused: link_unknown, link_used or link_expired; or account_closed, when an administrator closed theirs.
    """
    link = use_link(token, OneTimeLink.Purpose.JOIN)
    assert link.organisation is not None  # noqa: S101  every link of this purpose has one
    Organisation.objects.lock(link.organisation_id)
    member = listed_member(link.organisation, name=link.full_name, email=link.email)
    if member.state == Member.State.LEFT:
        raise Refused("account_closed", _("Your account here was closed. Ask an administrator to open it again."))
    was_here = member.is_active
    cohort = None if member.is_guest else open_network_cohort(link.organisation)
    let_in(member, cohort=cohort, full_name=full_name, now=clock.now())
    member.invitations.filter(state="open").update(state="withdrawn")
    if not was_here:
        record("member_joined", actor=member, organisation=link.organisation, about=member, details={"by": "domain"})
    return member


@transaction.atomic
def approve_join_request(actor: Member, request: JoinRequest, *, guest: Guest | None = None) -> Member:
    """Say yes: the person gets an invitation.

    Raises:
        Refused: it was answered already.
        NotFound: whoever asked was forgotten meanwhile.
    """
    organisation = Organisation.objects.lock(request.organisation_id)
    member = listed_member(organisation, name=request.full_name, email=request.email)  # before what hangs on them
    request = _lock_request(request)
    enforce(policy.why_not_answer_join_request(request))
    now = clock.now()
    request.state, request.answered_at, request.answered_by = JoinRequest.State.APPROVED, now, actor
    request.save(update_fields=["state", "answered_at", "answered_by"])
    if guest is not None:
        member.is_guest, member.guest_from, member.guest_until = True, guest.comes_from, guest.until
    if not member.is_active:
        cohort = None if guest is not None else open_network_cohort(organisation)
        write_invitation(actor, member, cohort=cohort, note="", now=now)
    record("join_request_approved", actor=actor, organisation=organisation, about=member)
    return member


@transaction.atomic
def refuse_join_request(actor: Member, request: JoinRequest) -> None:
    """Say no, kindly, by mail.

    Raises:
        Refused: it was answered already.
        NotFound: whoever asked was forgotten meanwhile.
    """
    request = _lock_request(request)
    enforce(policy.why_not_answer_join_request(request))
    request.state, request.answered_at, request.answered_by = JoinRequest.State.REFUSED, clock.now(), actor
    request.save(update_fields=["state", "answered_at", "answered_by"])
    organisation = request.organisation
    send_mail(
        to=request.email,
        template="people/mail/join_refused",
        facts={"name": request.full_name, "help": organisation.help_email},
        organisation=organisation,
        key=f"join-refused:{request.pk}",
        language=first_language(organisation),
    )
    record("join_request_refused", actor=actor, organisation=organisation, about=request)


def _lock_request(request: JoinRequest) -> JoinRequest:
    try:
        return JoinRequest.objects.lock(request.pk)
    except JoinRequest.DoesNotExist:
        raise NotFound("join_request_gone", _("Whoever asked this has been forgotten.")) from None


def is_of_domain(email: str, domains: list[str]) -> bool:
    """Whether an address belongs to one of the domains. Their subdomains are others."""
    return email.rpartition("@")[2].lower() in {domain.lower() for domain in domains}


def _refuse_other_domains(organisation: Organisation, email: str) -> bool:
    """Whether the address alone lets somebody in, where people join with their work e-mail."""
    domain_opens = organisation.join_by_domain and is_of_domain(email, organisation.domains)
    if not domain_opens and not organisation.join_by_asking:
        raise InvalidInput(
            "address_not_allowed", _("People join here with their work e-mail. This address is not one."), field="email"
        )
    return domain_opens


def _send_join_link(organisation: Organisation, *, full_name: str, email: str) -> None:
    token, digest = new_token()
    link = OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.JOIN,
        token_digest=digest,
        organisation=organisation,
        email=email,
        full_name=full_name,
        expires_at=clock.now() + timedelta(hours=JOIN_LINK_HOURS),
    )
    address = settings.BASE_URL + reverse("join_with_email", args=[token])
    send_mail(
        to=email,
        template="people/mail/join_link",
        facts={"name": full_name, "link": address, "until": link.expires_at},
        organisation=organisation,
        key=f"join-link:{link.pk}",
        language=first_language(organisation),
        secret=True,
    )


def _write_already_here(member: Member) -> None:
    now = clock.now()
    send_mail(
        to=member.email,
        template="people/mail/already_here",
        facts={"name": member.short_name, "link": settings.BASE_URL + reverse("sign_in")},
        organisation=member.organisation,
        key=f"already-here:{member.pk}:{now:%Y%m%d%H}",
        language=first_language(member.organisation),
    )


def _ask_administrators(organisation: Organisation, *, full_name: str, email: str, message: str) -> None:
    request, created = JoinRequest.objects.get_or_create(
        organisation=organisation,
        email=email,
        state=JoinRequest.State.WAITING,
        defaults={"full_name": full_name, "message": message},
    )
    if not created:
        return
    page = reverse("join_requests", args=[organisation.slug])
    for administrator in administrators(organisation).select_related("organisation"):
        facts = {"name": full_name, "email": email}
        notify("join_requested", to=administrator, about=request, facts=facts, links={"page": page})
    record("join_requested", actor=None, organisation=organisation, about=request)
