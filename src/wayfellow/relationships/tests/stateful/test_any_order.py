"""Members and a manager act in any order while time passes: no forbidden state, and nobody reads what is not theirs.

`STATEFUL_EXAMPLES=500` searches wider, and each time elsewhere.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wayfellow.audit.verifying import verify_record
from wayfellow.core import clock
from wayfellow.core.errors import DomainError
from wayfellow.jobs import claims
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import Run, run_job
from wayfellow.people.actions.accounts import forget_member
from wayfellow.people.actions.members import (
    close_member,
    make_safeguarding_lead,
    reopen_member,
    unmake_safeguarding_lead,
)
from wayfellow.programmes.actions import appoint_manager, change_programme, dismiss_manager
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions
from wayfellow.relationships.models import (
    AgreementVersion,
    JoiningInvitation,
    MentoringRequest,
    Relationship,
    RequestQuestion,
    WaitingEntry,
)
from wayfellow.relationships.queries import positions
from wayfellow.relationships.tests.conftest import ASK, WHY
from wayfellow.relationships.tests.stateful import truths
from wayfellow.relationships.tests.stateful.readers import TABLE, Ground, may_read
from wayfellow.relationships.tests.stateful.world import (
    CAST,
    HOURS,
    MENTEES,
    MENTORS,
    OWNED,
    Readers,
    World,
    all_rows,
    ask,
    build_world,
)
from wayfellow.safety.actions import block_member, report_concern, unblock_member

pytestmark = pytest.mark.timeout(900)
MORE = int(os.environ.get("STATEFUL_EXAMPLES", "0"))
OURS = "wayfellow.relationships.actions.leaving."

HAPPENS = {
    "agreement_changed",
    "agreement_filled_in",
    "agreement_signed",
    "joining_agreed",
    "joining_declined",
    "joining_invited",
    "joining_withdrawn",
    "relationship_left",
    "relationship_paused",
    "relationship_resumed",
    "review_filled_in",
    "review_started",
    "limits_changed",
    "member_blocked",
    "member_forgotten",
    "member_left",
    "mentoring_stopped",
    "network_joined",
    "offer_sent",
    "place_lapsed",
    "place_offered",
    "programme_changed",
    "question_answered",
    "question_asked",
    "relationship_ended",
    "request_accepted",
    "request_closed",
    "request_declined",
    "request_expired",
    "request_sent",
    "request_withdrawn",
    "waiting_list_joined",
    "waiting_list_left",
}
REFUSED = {"already_working_together", "mentor_at_capacity", "not_yours", "not_yours_to_answer"}

anybody = st.sampled_from(CAST)
mentors = st.sampled_from(["ines", "ines", *MENTORS, *MENTORS, "vera", "amara"])
mentees = st.sampled_from([*MENTEES, *MENTEES, "kofi", "vera"])
recent = st.integers(0, 5)
rightly = st.sampled_from([True, True, True, True, False])
ANSWERS: dict[str, Callable[..., Any]] = {
    "accept": lambda who, row, _: actions.accept_request(who, row, words="Gladly."),
    "decline": lambda who, row, _: actions.decline_request(who, row, words="Not now.", private_reason="too_much"),
    "away": lambda who, row, _: actions.decline_request(
        who, row, words="Not now.", away_until=clock.now().date() + timedelta(days=4)
    ),
    "suggest": lambda who, row, colleague: actions.suggest_colleague(who, row, colleague=colleague),
    "ask": lambda who, row, _: actions.ask_question(who, row, text="By when?"),
}


class AnyOrder(RuleBasedStateMachine):
    """One history. It begins from the same world each time, in a transaction that is taken back at its end."""

    def __init__(self, world: World, readers: Readers, seen: set[str]) -> None:
        super().__init__()
        self.world, self.readers, self.seen = world, readers, seen
        self.now = world.start
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.rows = all_rows()
        self.places: dict[int, int] = {}
        self.changed = True

    def teardown(self) -> None:
        self.seen |= {row["verb"] for row in self.rows["audit.Event"].values()}
        try:
            assert not verify_record(self.world.organisation.pk).problems
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def act(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Do something, a minute after what went before. What is refused has changed nothing."""
        self.now += timedelta(minutes=1)
        refused = None
        with clock.moved_to(self.now):
            try:
                verb(*args, **kwargs)
            except DomainError as error:
                refused = error
        self.seen.add(refused.code if refused else "done")
        before, self.rows = self.rows, all_rows()
        self.changed = refused is None
        if refused is not None:
            assert self.rows == before, f"{refused.code} changed something"
            assert str(refused.message), f"{refused.code} says nothing"

    def row(self, model: Any, n: int, *open_states: str) -> Any:
        """One of the newest rows; those that are open come first."""
        pks = sorted(
            (row["state"] not in open_states, -pk)
            for pk, row in self.rows[model._meta.label].items()
            if row["organisation_id"] == self.world.organisation.pk
        )
        return model.objects.get(pk=-pks[n % len(pks)][1]) if pks else None

    def enrolments(self) -> Any:
        return Enrolment.objects.filter(member__in=self.world.people.values())

    def both(self, *names: str) -> list[Any] | None:
        found = [self.world.enrolment(name) for name in names]
        return None if None in found else found

    # People who look for each other.

    @rule(mentee=mentees, mentor=mentors, may_suggest=st.booleans(), next_choice=st.sampled_from([None, *MENTORS]))
    def send(self, mentee: str, mentor: str, may_suggest: bool, next_choice: str | None) -> None:
        if pair := self.both(mentee, mentor):
            other = self.world.enrolment(next_choice) if next_choice else None
            self.act(ask, *pair, may_suggest=may_suggest, next_choice=other)

    @rule(mentor=mentors, mentee=mentees)
    def offer(self, mentor: str, mentee: str) -> None:
        if pair := self.both(mentor, mentee):
            self.act(actions.send_offer, *pair, why_you=WHY)

    @rule(mentee=mentees, mentor=mentors)
    def draft(self, mentee: str, mentor: str) -> None:
        if pair := self.both(mentee, mentor):
            self.act(actions.keep_draft, *pair, ask=ASK)

    @rule(mentee=mentees, mentor=mentors)
    def wait(self, mentee: str, mentor: str) -> None:
        if pair := self.both(mentee, mentor):
            self.act(actions.join_waiting_list, *pair)

    @rule(n=recent, rightly=rightly, who=anybody)
    def leave_the_line(self, n: int, rightly: bool, who: str) -> None:
        if entry := self.row(WaitingEntry, n, "waiting", "offered"):
            self.act(actions.leave_waiting_list, entry.mentee.member if rightly else self.world.member(who), entry)

    # Requests and their answers.

    @rule(n=recent, answer=st.sampled_from(["accept", "accept", *ANSWERS]), rightly=rightly, who=anybody)
    def answer(self, n: int, answer: str, rightly: bool, who: str) -> None:
        if request := self.row(MentoringRequest, n, "pending"):
            actor = request.receiver.member if rightly else self.world.member(who)
            asked = request.mentor.member_id == self.world.people["noor"]
            self.act(ANSWERS[answer], actor, request, self.world.enrolment("kofi" if asked else "noor"))

    @rule(rightly=rightly, who=anybody)
    def answer_the_question(self, rightly: bool, who: str) -> None:
        questions = RequestQuestion.objects.filter(answered_at=None, request__mentor__in=self.enrolments())
        if found := questions.order_by("-pk").first():
            request = found.request
            actor = request.sender.member if rightly else self.world.member(who)
            self.act(actions.answer_question, actor, request, text="By May.")

    @rule(n=recent, rightly=rightly, who=anybody)
    def take_back(self, n: int, rightly: bool, who: str) -> None:
        if request := self.row(MentoringRequest, n, "pending"):
            self.act(actions.withdraw_request, request.sender.member if rightly else self.world.member(who), request)

    @rule(n=recent, as_mentor=st.booleans(), rightly=rightly, who=anybody)
    def end(self, n: int, as_mentor: bool, rightly: bool, who: str) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            person = self.person_in(found, "mentor" if as_mentor else "mentee")
            actor = person if rightly else self.world.member(who)
            self.act(actions.end_relationship, actor, found, goodbye="Thank you.", private_reason="got_there")

    # What people agree on, pause, leave, and whom they let in.

    def person_in(self, found: Relationship, role: str) -> Any:
        return found.participants.filter(role=role).order_by("-left_at", "pk").first().enrolment.member

    @rule(n=recent, nth=recent, said=st.sampled_from(["Lead a crew.", "Write briefs."]), rightly=rightly, who=anybody)
    def fill_in(self, n: int, nth: int, said: str, rightly: bool, who: str) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            actor = self.nth_in(found, nth) if rightly else self.world.member(who)
            self.act(actions.fill_in_agreement, actor, found, values={"purpose": said})

    @rule(n=recent, nth=recent, said=st.sampled_from(["Lead a crew.", "Both."]), number=st.integers(0, 1))
    def settle_or_sign(self, n: int, nth: int, said: str, number: int) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            newest = AgreementVersion.objects.filter(agreement__relationship=found).order_by("-number").first()
            actor, points = self.nth_in(found, nth), {"purpose": said}
            self.act(actions.propose_clause, actor, found, clause="purpose", values=points)
            self.act(actions.sign_agreement, actor, found, number=newest.number - number if newest else 1)

    @rule(n=recent, nth=recent, what=st.sampled_from(["change", "extend", "drop"]), number=st.integers(1, 4))
    def change(self, n: int, nth: int, what: str, number: int) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            actor = self.nth_in(found, nth)
            if what == "change":
                values = {"agenda": f"In turn, {number}."}
                self.act(actions.change_agreement, actor, found, clause="agenda", values=values)
            elif what == "extend":
                until = (self.now + timedelta(days=300 * number)).date()
                self.act(actions.extend_relationship, actor, found, until=until)
            else:
                self.act(actions.drop_change, actor, found, number=number)

    @rule(n=recent, nth=recent, days=st.sampled_from([-1, 3, 9]), back=st.booleans())
    def pause(self, n: int, nth: int, days: int, back: bool) -> None:
        if found := self.row(Relationship, n, "paused" if back else "active"):
            actor = self.nth_in(found, nth)
            if back:
                self.act(actions.resume_relationship, actor, found)
            else:
                self.act(actions.pause_relationship, actor, found, until=self.now.date() + timedelta(days=days))

    @rule(n=recent, nth=recent, rightly=rightly, who=anybody)
    def leave_a_group(self, n: int, nth: int, rightly: bool, who: str) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            actor = self.nth_in(found, nth) if rightly else self.world.member(who)
            self.act(actions.leave_relationship, actor, found, goodbye="Thank you all.")

    @rule(n=recent, nth=recent, who=anybody, role=st.sampled_from(["mentor", "mentee"]), all_agree=rightly)
    def invite(self, n: int, nth: int, who: str, role: str, all_agree: bool) -> None:
        found, invited = self.row(Relationship, n, "active", "paused"), self.world.enrolment(who)
        if found and invited:
            actor = self.nth_in(found, nth)
            self.act(actions.invite_to_relationship, actor, found, enrolment=invited, role=role)
            waiting = JoiningInvitation.objects.open().filter(relationship=found, enrolment=invited).first()
            people = [one.enrolment.member for one in found.participants.present()]
            for one in [*people, invited.member] if waiting and all_agree else []:
                self.act(actions.agree_to_joining, one, waiting)

    @rule(n=recent, who=anybody, rightly=rightly, back=st.booleans())
    def say_no_to_joining(self, n: int, who: str, rightly: bool, back: bool) -> None:
        if found := self.row(JoiningInvitation, n, "pending"):
            actor = found.invited_by.enrolment.member if rightly else self.world.member(who)
            self.act(actions.withdraw_joining if back else actions.decline_joining, actor, found)

    @rule(n=recent, nth=recent, withheld=st.booleans(), done=rightly)
    def look_back(self, n: int, nth: int, withheld: bool, done: bool) -> None:
        if found := self.row(Relationship, n, "active", "paused"):
            self.act(actions.start_review, self.nth_in(found, nth), found)
            review = found.reviews.filter(shown_at=None).order_by("-pk").first()
            if review is not None:
                said = {"purpose": {"verdict": "kept", "words": "It works."}}
                later = "For after the end." if withheld else ""
                self.act(
                    actions.fill_in_review, self.nth_in(found, nth), review, verdicts=said, withheld=later, done=done
                )

    def nth_in(self, found: Relationship, nth: int) -> Any:
        people = list(found.participants.order_by("pk"))
        return people[nth % len(people)].enrolment.member

    # Limits, and the rules of the programme.

    @rule(mentor=mentors, by=st.sampled_from([None, None, None, "devika"]), capacity=st.integers(0, 4))
    def change_capacity(self, mentor: str, by: str | None, capacity: int) -> None:
        if pair := self.both(mentor):
            self.act(actions.set_limits, self.world.member(by or mentor), *pair, capacity=capacity)

    @rule(mentor=mentors, field=st.sampled_from(["takes_requests", "waiting_list_open"]), value=st.booleans())
    def open_or_close(self, mentor: str, field: str, value: bool) -> None:
        if pair := self.both(mentor):
            self.act(actions.set_limits, pair[0].member, *pair, **{field: value})

    @rule(mentor=mentors, days=st.sampled_from([None, -1, 2, 5]))
    def go_away(self, mentor: str, days: int | None) -> None:
        if pair := self.both(mentor):
            until = None if days is None else self.now.date() + timedelta(days=days)
            self.act(actions.set_limits, pair[0].member, *pair, away_until=until)

    @rule(who=st.sampled_from(["vera", "vera", "amara", *MENTORS]), mentor=st.booleans())
    def join(self, who: str, mentor: bool) -> None:
        member = self.world.member(who)
        if member.is_active:
            self.act(actions.enrol_in_network, member, as_mentor=mentor, as_mentee=not mentor)

    @rule(mentor=st.sampled_from([*MENTORS]), by=st.sampled_from([None, None, "devika"]))
    def stop_mentoring(self, mentor: str, by: str | None) -> None:
        if pair := self.both(mentor):
            self.act(actions.stop_mentoring, self.world.member(by or mentor), *pair)

    @rule(
        by=st.sampled_from(["devika", "devika", "ruta"]),
        most=st.integers(1, 3),
        queue=st.integers(1, 3),
        expiry=st.integers(5, 9),
        kept=st.integers(0, 4),
    )
    def change_rules(self, by: str, most: int, queue: int, expiry: int, kept: int) -> None:
        rules = {
            "max_open_requests": most,
            "mentor_queue_factor": queue,
            "request_expiry_days": expiry,
            "waiting_offer_days": kept,
        }
        self.act(change_programme, self.world.member(by), self.world.programme, **rules)

    @rule(who=anybody, give=st.booleans(), office=st.sampled_from(["manager", "lead"]))
    def give_an_office(self, who: str, give: bool, office: str) -> None:
        ruta, member = self.world.member("ruta"), self.world.member(who)
        if office == "lead":
            self.act(make_safeguarding_lead if give else unmake_safeguarding_lead, ruta, member)
        else:
            self.act(appoint_manager if give else dismiss_manager, ruta, self.world.programme, member)

    # People who keep apart, leave, come back, are forgotten.

    @rule(who=anybody, other=anybody, back=st.booleans())
    def block(self, who: str, other: str, back: bool) -> None:
        act = unblock_member if back else block_member
        self.act(act, self.world.member(who), self.world.member(other))

    @rule(who=anybody, about=anybody, kept_from=st.sampled_from(["sunniva", "noor"]))
    def report(self, who: str, about: str, kept_from: str) -> None:
        lead, other = self.world.member(kept_from), self.world.member(about)
        self.act(report_concern, self.world.member(who), text=f"About {about}.", about=other, kept_from=[lead])

    @rule(who=anybody, by_themselves=st.booleans())
    def leave(self, who: str, by_themselves: bool) -> None:
        member = self.world.member(who)
        self.act(close_member, member if by_themselves else self.world.member("ruta"), member)

    @rule(who=anybody)
    def come_back(self, who: str) -> None:
        self.act(reopen_member, self.world.member("ruta"), self.world.member(who))

    @precondition(lambda self: sum(bool(row["forgotten_at"]) for row in self.rows["people.Member"].values()) < 2)
    @rule(who=anybody)
    def be_forgotten(self, who: str) -> None:
        self.act(forget_member, self.world.member(who))

    # Time.

    @rule(hours=st.sampled_from(list(HOURS)))
    def time_passes(self, hours: int) -> None:
        self.now += HOURS[hours]

    @rule(hours=st.sampled_from(list(HOURS)))
    def the_clock_does_its_work(self, hours: int) -> None:
        self.now += HOURS[hours]
        self.act(self._work)
        truths.nothing_waits_in_vain(Ground(self.rows), self.now)

    def _work(self) -> None:
        """What the worker does of ours: what follows leaving and blocking, and the schedules."""
        for job in Job.objects.due(self.now).filter(task__startswith=OURS).order_by("created_at"):
            run_job(Run(claims.claim("here", now=self.now, only=job.pk)))
        actions.remind_and_expire_requests()
        actions.lapse_waiting_offers()
        actions.complete_relationships()
        actions.resume_relationships()
        actions.open_due_reviews()
        assert not Job.objects.filter(state="failed").exists()

    # What is looked at after each step.

    @invariant()
    def nothing_forbidden(self) -> None:
        if self.changed:
            truths.holds(Ground(self.rows), self.now)

    @invariant()
    def nobody_moves_backwards_in_line(self) -> None:
        if self.changed:
            before, self.places = self.places, positions(WaitingEntry.objects.in_line())
            for pk, place in self.places.items():
                assert place <= before.get(pk, place), f"entry {pk} was {before[pk]}, is {place}"

    @invariant()
    def nobody_reads_what_is_not_theirs(self) -> None:
        if self.changed:
            ground = Ground(self.rows)
            for member in self.world.members():
                reads, reader = self.readers.what_reads(member), ground.members[member.pk]
                for label, found in reads.items():
                    assert found == may_read(label, reader, ground), f"{member.full_name} and {label}"


@pytest.fixture
def world(organisation: Any, other_organisation: Any, network: Any, make_member: Any, make_goal: Any) -> World:
    return build_world(organisation, other_organisation, network, make_member, make_goal)


def test_the_table_knows_every_model_and_has_something_to_say_of_it(world: World) -> None:
    assert set(TABLE) == {model._meta.label for model in OWNED}


def test_any_order_of_acts_leaves_everything_in_order(world: World) -> None:
    readers, seen = Readers(), set()
    run_state_machine_as_test(
        lambda: AnyOrder(world, readers, seen),
        settings=settings(
            max_examples=MORE or 20,
            stateful_step_count=30,
            derandomize=not MORE,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=[Phase.generate, Phase.shrink],
        ),
    )
    missed = (HAPPENS | REFUSED) - seen
    assert len(missed) <= len(HAPPENS) / 4, f"the histories were poor, nothing of this happened: {sorted(missed)}"
