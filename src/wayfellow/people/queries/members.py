"""Who somebody is, in which organisation."""

from wayfellow.core import clock
from wayfellow.core.access import Role
from wayfellow.people.models import Account, Member, Organisation


def membership(account: Account | None, slug: str) -> tuple[Organisation | None, Member | None]:
    """The organisation with this slug and who the account is in it, in one query for a member.

    A guest whose time is over is nobody here.
    """
    if account is not None:
        rows = Member.objects.active().select_related("organisation")
        member = rows.filter(account=account, organisation__slug=slug).first()
        if member is not None:
            return member.organisation, None if is_over(member) else member
    return Organisation.objects.filter(slug=slug).first(), None


def is_over(member: Member) -> bool:
    """Whether a guest's last day here has passed."""
    if not member.is_guest or member.guest_until is None:
        return False
    return member.guest_until < member.organisation.today(clock.now())


def memberships_of(account: Account) -> list[Member]:
    """Where somebody is a member now, by the organisations' names."""
    rows = Member.objects.active().filter(account=account).select_related("organisation").order_by("organisation__name")
    return [member for member in rows if not is_over(member)]


def roles_of(member: Member) -> set[Role]:
    """The roles a member has in the whole organisation. Being a mentee or mentor is a matter of rows."""
    roles = {Role.GUEST if member.is_guest else Role.MEMBER}
    if member.is_administrator:
        roles.add(Role.ADMINISTRATOR)
    if member.is_safeguarding_lead:
        roles.add(Role.SAFEGUARDING)
    if member.is_programme_manager:
        roles.add(Role.MANAGER)
    return roles
