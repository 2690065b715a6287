from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, NotPersonal, PersonalData, Schedule, Subject

_HERE = "wayfellow.people.personal"


def _holds(model: str, fields: tuple[str, ...], name: str) -> PersonalData:
    return PersonalData(model, fields, export=f"{_HERE}.export_{name}", erase=f"{_HERE}.erase_{name}")


class PeopleConfig(Subject):
    name = "wayfellow.people"
    label = "people"

    navigation = [
        Navigation(
            area="organisation",
            order=10,
            label=_("People"),
            icon="users",
            view="people",
            covers=(
                "member_admin",
                "join_requests",
                "invite_people",
                "act_on_people",
                "import_members",
                "member_import",
                "map_columns",
                "discard_import",
            ),
        ),
        Navigation(
            area="organisation",
            order=30,
            label=_("Settings"),
            icon="settings",
            view="organisation_settings",
            covers=("report_terms",),
        ),
        Navigation(
            area="account",
            order=10,
            label=_("Profile"),
            icon="user",
            view="my_profile",
            covers=("edit_profile", "clear_background", "edit_my_skills"),
        ),
        Navigation(
            area="account",
            order=80,
            label=_("Account"),
            icon="key-round",
            view="account",
            covers=(
                "security",
                "add_totp",
                "add_passkey",
                "rename_passkey",
                "remove_factor",
                "recovery_codes",
                "devices",
            ),
        ),
        Navigation(area="footer", order=10, label=_("Who can see what"), icon="eye", view="who_can_see"),
        Navigation(area="footer", order=20, label=_("Code of conduct"), icon="file-text", view="conduct"),
    ]
    notices = [
        NoticeKind(
            kind="invitation_accepted",
            label=_("Somebody you invited has joined"),
            why=_("You get this because you invited them."),
            text="wayfellow.people.wording.invitation_accepted",
        ),
        NoticeKind(
            kind="join_requested",
            label=_("Somebody asks to join"),
            why=_("You get this because you are an administrator."),
            text="wayfellow.people.wording.join_requested",
        ),
        NoticeKind(
            kind="role_changed",
            label=_("A role was given to you, or taken"),
            why=_("You get this because your role has changed."),
            text="wayfellow.people.wording.role_changed",
            can_stop=False,
        ),
        NoticeKind(
            kind="import_done",
            label=_("An import of yours is done"),
            why=_("You get this because you started the import."),
            text="wayfellow.people.wording.import_done",
        ),
    ]
    schedule = [
        Schedule("drop_old_imports", task="wayfellow.people.actions.imports.drop_old_imports_job", every=24 * 3600),
        Schedule("close_ended_guests", task="wayfellow.people.actions.guests.close_ended_guests", every=24 * 3600),
        Schedule("drop_old_sessions", task="wayfellow.people.actions.sessions.drop_old_sessions", every=24 * 3600),
        Schedule("drop_old_requests", task="wayfellow.people.actions.tidying.drop_old_requests", every=24 * 3600),
    ]
    personal_data = [
        _holds(
            "people.Member",
            (
                *("account", "full_name", "first_name", "last_name", "email", "employee_number", "job_title"),
                *("department", "location", "time_zone", "languages", "manager", "hire_date", "grade", "phone"),
                *("photo_version", "guest_from", "guest_until", "last_seen_on", "conduct_accepted_at"),
            ),
            "member",
        ),
        _holds("people.Account", ("email", "password", "language", "last_login"), "account"),
        _holds("account.EmailAddress", ("user", "email"), "addresses"),
        _holds(
            "people.BrowserSession",
            ("account", "session_data", "browser", "system", "signed_in_at", "seen_at"),
            "sessions",
        ),
        _holds("mfa.Authenticator", ("user", "data", "created_at", "last_used_at"), "factors"),
        _holds(
            "people.Profile",
            ("member", "industry", "function", "seniority", "about", "availability", "photo"),
            "profile",
        ),
        _holds("people.BackgroundFacet", ("member", "kind", "value"), "background"),
        _holds("people.Invitation", ("member", "invited_by", "note"), "invitations"),
        _holds("people.JoinRequest", ("email", "full_name", "message", "answered_by"), "join_requests"),
        _holds("people.OneTimeLink", ("account", "email", "full_name"), "links"),
        _holds(
            "people.ImportRow",
            (*("name", "email", "employee_number", "manager_key", "values", "changes", "problems", "warnings"),),
            "import_rows",
        ),
        _holds("people.MemberImport", ("file", "started_by"), "imports"),
        NotPersonal("people.Organisation", why="The tenant's name, look and addresses of its offices; no member's."),
        NotPersonal("people.ColumnMemory", why="Headings of columns; it names nobody."),
        NotPersonal("account.EmailConfirmation", why="Never written: addresses are proven by codes and links."),
        NotPersonal("auth.Permission", why="Django's list of model permissions; unused and about nobody."),
        NotPersonal("auth.Group", why="Django's groups; unused and about nobody."),
        NotPersonal("contenttypes.ContentType", why="Django's list of models."),
    ]
