"""What somebody does with their own account: language, leaving, taking their data away, being forgotten."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.module_loading import import_string

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.core.registry import PersonalData, contributions
from wayfellow.people import policy
from wayfellow.people.actions.alerts import record_everywhere, tell_owner
from wayfellow.people.actions.members import lock_among_administrators
from wayfellow.people.actions.sessions import end_other_sessions
from wayfellow.people.models import Account, BrowserSession, Member
from wayfellow.tables.writing import write_csv


@transaction.atomic
def choose_language(account: Account, *, language: str) -> None:
    """What pages and mails are written in; nothing means the browser's."""
    account.language = language
    account.save(update_fields=["language"])


@transaction.atomic
def change_password(account: Account, *, password: str, keep_session: str | None, device: str = "") -> None:
    """Give an account a new password, and sign it out in every other browser.

    Args:
        password: already checked by the form.
        keep_session: the key of the session that stays, if any.
        device: the browser it is done with, in words, for the mail.
    """
    account.set_password(password)
    account.save(update_fields=["password"])
    end_other_sessions(account, keep=keep_session)
    tell_owner(account, "password", device=device)
    record_everywhere(account, "password_changed", details={})


@transaction.atomic
def take_data_away(member: Member) -> bytes:
    """Everything held about a member, as a zip archive: `data.json`, and a CSV file for each kind of row."""
    found = {entry.model: import_string(entry.export)(member) for entry in _holders()}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("data.json", json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for model, rows in found.items():
            if rows:
                files.writestr(f"{model.lower()}.csv", _as_csv(rows))
    record("data_taken_away", actor=member, organisation=member.organisation, about=member)
    return archive.getvalue()


@transaction.atomic
def forget_member(member: Member) -> None:
    """Erase everything personal about a member, once and for all. Counts stay, names do not.

    Raises:
        Refused: last_administrator.
    """
    organisation = member.organisation
    [locked] = lock_among_administrators(member.organisation_id, [member])
    if locked.forgotten_at is not None:
        return
    if locked.is_administrator:
        enforce(policy.why_not_unmake_administrator(locked))
    if locked.state != Member.State.LEFT:
        locked.state, locked.left_at = Member.State.LEFT, clock.now()
        locked.save(update_fields=["state", "left_at"])
    list(locked.enrolments.lock_all(locked.enrolments.values_list("pk", flat=True)))  # before what hangs on them
    for entry in _holders():
        import_string(entry.erase)(locked)
    record("member_left", actor=None, organisation=organisation, about=locked, details={"by": "self"})
    record("member_forgotten", actor=None, organisation=organisation, about=locked)


def end_sessions(account: Account) -> None:
    """Sign an account out everywhere, and end a sign-in that waits for its code.

    Sessions that nobody is signed in with name an address, or the account that wrote what they keep, inside: each is
    opened to look.
    """
    account.browser_sessions.all().delete()
    waiting = BrowserSession.objects.filter(account=None).iterator()
    keys = [row.pk for row in waiting if _is_about(row.get_decoded(), account)]
    BrowserSession.objects.filter(pk__in=keys).delete()


def _is_about(session: dict[str, Any], account: Account) -> bool:
    kept_of = session.get("kept_form", {}).get("account")
    return kept_of == str(account.pk) or account.email.lower() in str(session).lower()


def _holders() -> list[PersonalData]:
    """Who holds personal data, from the highest subject down; the member's own row, which names them, comes last."""
    entries = [entry for entry in reversed(contributions("personal_data")) if isinstance(entry, PersonalData)]
    return sorted(entries, key=lambda entry: entry.model == "people.Member")


def _as_csv(rows: list[dict[str, Any]]) -> bytes:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    file = io.BytesIO()
    write_csv([[_cell(row.get(name)) for name in headers] for row in rows], headers, file)
    return file.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False) if isinstance(value, list | dict) else value
