from wayfellow.people.models.accounts import Account
from wayfellow.people.models.imports import ColumnMemory, ImportRow, MemberImport
from wayfellow.people.models.invitations import Invitation, JoinRequest, OneTimeLink
from wayfellow.people.models.members import Member
from wayfellow.people.models.organisations import Organisation
from wayfellow.people.models.profiles import BackgroundFacet, Profile
from wayfellow.people.models.sessions import BrowserSession

__all__ = [
    "Account",
    "BackgroundFacet",
    "BrowserSession",
    "ColumnMemory",
    "ImportRow",
    "Invitation",
    "JoinRequest",
    "Member",
    "MemberImport",
    "OneTimeLink",
    "Organisation",
    "Profile",
]
