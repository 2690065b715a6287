"""A member takes away what is held of them, and is forgotten."""

from typing import Any

from django.utils.module_loading import import_string

from wayfellow.audit.actions import record
from wayfellow.audit.chain import hash_of_event
from wayfellow.audit.models import Event
from wayfellow.core.registry import PersonalData, subjects
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify, save_notice_preferences, send_mail
from wayfellow.notifications.models import Mail, Notice


def declared() -> list[PersonalData]:
    ours = [subject for subject in subjects() if subject.label in {"notifications", "audit", "jobs"}]
    return [entry for subject in ours for entry in subject.personal_data if isinstance(entry, PersonalData)]


def test_leaves_no_name_behind(db: None, demo: None, make_member: Any, organisation: Any) -> None:
    member = make_member("Inês D'Ávila", email="ines@larkmoor.example")
    other = make_member("Tomas Weir")
    save_notice_preferences(member, in_app=set(), by_mail={"tea_ready"})
    notify("tea_ready", to=member, about=member, facts={"from": "Tomas"}, links={"page": "/"})
    notify("tea_ready", to=other, facts={"from": member.full_name}, links={"page": "/"})
    run_pending()
    send_mail(
        to=member.email, template="x/mail/y", facts={"name": member.full_name}, organisation=organisation, key="1"
    )
    event = record("member_changed", actor=other, organisation=organisation, details={"name": member.full_name})
    exported = [import_string(entry.export)(member) for entry in declared()]
    assert sum(bool(rows) for rows in exported) == 4
    for entry in declared():
        import_string(entry.erase)(member)
    left = [str(list(model.objects.values())) for model in (Notice, Mail, Job, Event)]
    assert not [text for text in left if "vila" in text or "ines@" in text]
    event.refresh_from_db()
    assert hash_of_event(event) == event.hash
    assert Mail.objects.get(member=other).text == ""
