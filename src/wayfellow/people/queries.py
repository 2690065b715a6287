"""Reads about people that more than one door needs."""

from wayfellow.core.access import Role
from wayfellow.people.models import Account, Member, Organisation


def membership(account: Account | None, slug: str) -> tuple[Organisation | None, Member | None]:
    """The organisation with this slug and who the account is in it, in one query for a member."""
    if account is not None:
        member = (
            Member.objects.active().select_related("organisation").filter(account=account, organisation__slug=slug).first()
        )
        if member is not None:
            return member.organisation, member
    return Organisation.objects.filter(slug=slug).first(), None


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
