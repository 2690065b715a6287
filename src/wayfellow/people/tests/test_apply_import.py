from datetime import timedelta
from typing import Any

import pytest

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, Refused
from wayfellow.jobs.models import Job
from wayfellow.jobs.worker import run_pending
from wayfellow.notifications.models import Notice
from wayfellow.people.actions import imports as actions
from wayfellow.people.importing import applying
from wayfellow.people.models import ImportRow, Invitation, Member, MemberImport
from wayfellow.people.tests.lists import HANNE, KOFI, PETRA, apply, check, import_rows, reasons

pytestmark = pytest.mark.django_db


def test_people_are_listed_with_their_managers_and_nobody_is_written_to(
    organisation: Any, administrator: Any, mailoutbox: list[Any]
) -> None:
    found = import_rows(organisation, KOFI, (*HANNE, "", "2011-06-12", "no, en"), actor=administrator)
    assert (found.state, found.created, found.changed, found.rows_done) == ("done", 2, 0, 2)
    kofi = Member.objects.get(employee_number="004182")
    assert (kofi.state, kofi.account, kofi.manager.full_name) == ("listed", None, "Hanne Brugmandt")
    assert kofi.manager.languages == ["no", "en"]
    assert kofi.manager.hire_date.isoformat() == "2011-06-12"
    assert not Invitation.objects.exists()
    assert not mailoutbox
    events = Event.objects.filter(organisation=organisation).order_by("sequence")
    assert [event.verb for event in events] == ["import_started", "members_imported"]
    assert events[1].details == {"created": 2, "changed": 0, "refused": 0}
    assert Notice.objects.get(member=administrator).kind == "import_done"


def test_the_same_file_twice_changes_nothing(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE, PETRA)
    found = check(organisation, KOFI, HANNE, PETRA)
    assert (found.to_leave, found.to_apply) == (3, 0)
    with pytest.raises(Refused) as caught:
        actions.apply_import(None, found)
    assert caught.value.code == "nothing_to_apply"


def test_changes_are_made_and_the_missing_stay(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE, PETRA)
    found = import_rows(organisation, (*KOFI[:3], "Crew lead", "", PETRA[2]))
    assert (found.created, found.changed) == (0, 1)
    kofi = Member.objects.get(employee_number="004182")
    assert (kofi.job_title, kofi.department, kofi.manager.full_name) == ("Crew lead", "Networks", "Petra Vandelroux")
    assert Member.objects.count() == 3


def test_what_members_are_besides_the_list_stays(organisation: Any, make_member: Any) -> None:
    member = make_member("Kofi Asantewe", email=KOFI[2], is_administrator=True)
    import_rows(organisation, KOFI, HANNE)
    before, member = member, Member.objects.get(pk=member.pk)
    assert (member.job_title, member.state, member.account) == ("Field crew", "active", before.account)
    assert member.is_administrator
    assert member.created_at == before.created_at


def test_what_can_be_found_of_active_people_is_written_again(organisation: Any, make_member: Any, enrol: Any) -> None:
    from wayfellow.search.models import Document

    member = make_member("Kofi Asantewe", email=KOFI[2])
    enrol(member, mentor=True)
    import_rows(organisation, KOFI, HANNE)
    assert Document.objects.filter(member=member).exists()


def test_a_field_changed_since_the_check_is_not_overwritten(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    found = check(organisation, (*KOFI[:3], "Crew lead"), (*HANNE[:3], "Director"))
    Member.objects.filter(employee_number=KOFI[0]).update(job_title="Foreman")
    Member.objects.filter(employee_number=HANNE[0]).update(department="Board")
    found = apply(found)
    assert (found.changed, found.refused_on_the_way) == (1, 1)
    assert reasons(found) == {2: ["changed_since"]}
    assert set(Member.objects.values_list("job_title", "department")) == {
        ("Foreman", "Networks"),
        ("Director", "Board"),
    }


def test_somebody_added_since_the_check_is_not_doubled(organisation: Any, make_member: Any) -> None:
    found = check(organisation, KOFI, HANNE, PETRA)
    make_member("Kofi A.", email=KOFI[2].upper())
    make_member(PETRA[1], email="p@larkmoor.example", employee_number=PETRA[0])
    make_member("Another", email=PETRA[2])
    found = apply(found)
    assert (found.created, found.refused_on_the_way) == (1, 2)
    assert reasons(found) == {2: ["appeared_since"], 4: ["two_members"]}


def test_somebody_gone_since_the_check(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    found = check(organisation, (*KOFI[:3], "Crew lead"))
    Member.objects.filter(employee_number=KOFI[0]).delete()
    assert reasons(apply(found)) == {2: ["gone_since"]}


def test_a_circle_made_since_the_check_is_taken_back(organisation: Any) -> None:
    import_rows(organisation, KOFI[:5], HANNE)
    found = check(organisation, KOFI, HANNE)
    kofi, hanne = Member.objects.get(employee_number=KOFI[0]), Member.objects.get(employee_number=HANNE[0])
    Member.objects.filter(pk=hanne.pk).update(manager=kofi)
    found = apply(found)
    kofi.refresh_from_db()
    assert kofi.manager is None
    assert [warning["code"] for warning in found.warnings] == ["manager_circle_since"]


def test_a_double_submit_applies_once(organisation: Any, administrator: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    actions.apply_import(administrator, found, turn=found.turn)
    actions.apply_import(administrator, found, turn=found.turn)
    assert Job.objects.filter(task__endswith="apply_import_job").count() == 1
    run_pending()
    run_pending()
    assert Member.objects.exclude(pk=administrator.pk).count() == 2
    found.refresh_from_db()
    assert found.state == "done"


def test_a_stale_page_applies_nothing(organisation: Any, administrator: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    seen = found.turn
    actions.map_columns(administrator, found, mapping={"Department": None})
    with pytest.raises(Conflict) as caught:
        actions.apply_import(administrator, found, turn=seen)
    assert caught.value.code == "check_changed"


def test_stop_and_go_on(organisation: Any, administrator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    found = check(organisation, KOFI, HANNE, PETRA, actor=administrator)
    started = actions.apply_import(administrator, found)
    actions.apply_here(started.pk, started.turn, progress=lambda: actions.stop_import(administrator, started))
    started.refresh_from_db()
    assert (started.state, started.rows_done, started.created) == ("stopped", 1, 1)
    assert Member.objects.exclude(pk=administrator.pk).count() == 1
    assert Event.objects.filter(verb="import_stopped").get().details["created"] == 1
    run_pending()  # the job of the first turn has nothing to do any more
    assert Member.objects.exclude(pk=administrator.pk).count() == 1
    actions.resume_import(administrator, started)
    with pytest.raises(Refused):
        actions.resume_import(administrator, started)
    run_pending()
    started.refresh_from_db()
    assert (started.state, started.created) == ("done", 3)
    assert Member.objects.get(employee_number=KOFI[0]).manager.employee_number == HANNE[0]


def test_a_worker_that_goes_home_leaves_the_rest_to_the_next(
    organisation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    started = actions.apply_import(None, check(organisation, KOFI, HANNE, PETRA))
    actions.apply_here(started.pk, started.turn, should_stop=lambda: True)
    started.refresh_from_db()
    assert (started.state, started.rows_done) == ("applying", 1)
    run_pending()
    started.refresh_from_db()
    assert (started.state, started.created) == ("done", 3)


def test_an_import_whose_job_was_given_up_goes_on_when_asked(organisation: Any, administrator: Any) -> None:
    started = actions.apply_import(administrator, check(organisation, KOFI, HANNE))
    Job.objects.filter(key=started.job_key).update(state="failed")
    actions.resume_import(administrator, started)
    run_pending()
    assert MemberImport.objects.get(pk=started.pk).state == "done"


def test_discard(organisation: Any, administrator: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    actions.discard_import(administrator, found)
    assert not MemberImport.objects.exists()
    done = import_rows(organisation, KOFI, HANNE)
    with pytest.raises(Refused):
        actions.discard_import(administrator, done)


def test_after_a_week_checks_go_and_of_the_done_only_counts_stay(organisation: Any) -> None:
    old = check(organisation, PETRA)
    done = import_rows(organisation, KOFI, HANNE)
    fresh = check(organisation, PETRA)
    week = clock.now() - timedelta(days=7, minutes=1)
    MemberImport.objects.filter(pk=old.pk).update(created_at=week)
    MemberImport.objects.filter(pk=done.pk).update(created_at=week, finished_at=week)
    assert actions.drop_old_imports() == 2
    assert actions.drop_old_imports() == 0
    assert set(MemberImport.objects.values_list("pk", flat=True)) == {done.pk, fresh.pk}
    done.refresh_from_db()
    assert (bytes(done.file), done.created) == (b"", 2)
    assert set(ImportRow.objects.values_list("member_import", flat=True)) == {fresh.pk}


def test_no_query_per_row(organisation: Any, django_assert_max_num_queries: Any) -> None:
    rows = [(f"{n:05}", f"Person {n}", f"p{n}@larkmoor.example", "", "", "00001") for n in range(2, 600)]
    found = check(organisation, ("00001", "The Boss", "boss@larkmoor.example"), *rows)
    with django_assert_max_num_queries(130):
        apply(found)
    changed = [(number, name, email, "Engineer") for number, name, email, *_ in rows]
    found = check(organisation, *changed)
    with django_assert_max_num_queries(130):
        found = apply(found)
    assert found.changed == 598


def test_forgetting_somebody_takes_them_out_of_lists(organisation: Any) -> None:
    from wayfellow.people.personal import erase_import_rows

    found = import_rows(organisation, KOFI, HANNE)
    erase_import_rows(Member.objects.get(employee_number=HANNE[0]))
    assert not found.rows.exists()
    found.refresh_from_db()
    assert bytes(found.file) == b""
