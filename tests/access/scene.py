"""One of everything, and everybody who might knock: the ground of the access walk."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from wayfellow.conversations.actions import keep_letter, read_messages, send_message
from wayfellow.conversations.kinds import check_file
from wayfellow.core.access import Access, Role
from wayfellow.goals import actions as goals
from wayfellow.jobs.models import Job
from wayfellow.meetings import actions as meetings
from wayfellow.meetings.actions import agendas, schedule_meeting
from wayfellow.meetings.actions import notes as meeting_notes
from wayfellow.meetings.models import BusyTime
from wayfellow.people.actions.imports import check_import
from wayfellow.people.actions.invitations import invite_members
from wayfellow.people.actions.profile import set_photo
from wayfellow.people.models import JoinRequest, Member
from wayfellow.people.sessions import public_id
from wayfellow.people.tests.soft_key import any_credential
from wayfellow.relationships.actions import (
    agreements,
    answers,
    joining,
    quiet_words,
    requests,
    reviews,
    waiting,
)
from wayfellow.relationships.actions.relationships import keep_reason
from wayfellow.relationships.models import AgreementVersion, Participant, Relationship, Signature
from wayfellow.safety import actions as safety
from wayfellow.search.actions import touch
from wayfellow.skills.models import Skill
from wayfellow.surveys.actions import answer_survey, choose_surveys
from wayfellow.surveys.actions.asking import ask_pulse

ROLES: dict[str, set[Role]] = {
    "mentee": {Role.MEMBER, Role.MENTEE},
    "mentor": {Role.MEMBER, Role.MENTOR},
    "uninvolved": {Role.MEMBER},
    "guest": {Role.GUEST},
    "manager": {Role.MEMBER, Role.MANAGER},
    "safeguarding": {Role.MEMBER, Role.SAFEGUARDING},
    "administrator": {Role.MEMBER, Role.ADMINISTRATOR},
}
PEOPLE = tuple(ROLES)
OTHERS = ("anonymous", "stranger")
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
PAIR = {"mentee", "mentor"}


@dataclass
class Scene:
    """Signed-in browsers, and for each address the row to knock at and who may see that row.

    Attributes:
        clients: one test client a person.
        cookies: what each is signed in with.
        rows: URL name to arguments besides the organisation.
        owners: URL name to the people whose row it is; missing means whoever the door states.
    """

    clients: dict[str, Client]
    cookies: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: dict[str, set[str]] = field(default_factory=dict)

    def arguments_of(self, route: str, pattern: URLPattern) -> dict[str, Any]:
        """The arguments with which an address is called.

        Raises:
            AssertionError: the walk knows no row for a part of this address.
        """
        known = {"organisation": "larkmoor", **self.rows.get(str(pattern.name), {})}
        parts = [name for _kind, name in PART.findall(route)]
        missing = [part for part in parts if part not in known]
        assert not missing, f"tests/access/scene.py names no row for {missing} of {pattern.name}"
        return {part: known[part] for part in parts}

    def may(self, person: str, stated: Access, name: str) -> bool:
        """Whether the door states this person."""
        if stated.is_public:
            return True
        if person == "anonymous":
            return False
        if person == "stranger":
            return Role.SIGNED_IN in stated.roles
        owners = self.owners.get(name)
        if owners is not None:
            return person in owners
        return Role.SIGNED_IN in stated.roles or bool(ROLES[person] & stated.roles)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does to the database is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build_scene(
    organisation: Any,
    elsewhere: Any,
    network: Any,
    make_member: Callable[..., Any],
    enrol: Callable[..., Any],
    client_for: Callable[..., Client],
) -> Scene:
    """Everybody, and one row of everything, made by the actions that make them."""
    members = {
        "mentee": make_member("Amara Oyelunde"),
        "mentor": make_member("Inês Tavaredo"),
        "uninvolved": make_member("Kofi Asantewe"),
        "guest": make_member("Pia Querolt", is_guest=True, guest_from="Northfen College"),
        "manager": make_member("Joss Pellworth"),
        "safeguarding": make_member("Sunniva Brekke", is_safeguarding_lead=True),
        "administrator": make_member("Ruta Kalvendis", is_administrator=True),
    }
    stranger = make_member("Ola Nordby", organisation=elsewhere, is_administrator=True, is_safeguarding_lead=True)
    network.programme.managers.add(members["manager"])
    enrolments = {name: enrol(member) for name, member in members.items() if name not in {"mentor", "manager"}}
    enrolments["mentor"] = enrol(members["mentor"], mentor=True, capacity=3)
    enrolments["manager"] = enrol(members["manager"], mentor=True, capacity=1)
    full = enrol(make_member("Yusra Haddarine"), mentor=True, capacity=0)
    leif = enrol(make_member("Leif Holmqvarn"), mentor=True, capacity=1)
    scene = Scene({name: client_for(member) for name, member in members.items()})
    scene.clients |= {"anonymous": Client(), "stranger": client_for(stranger)}
    scene.cookies = {name: copy(client.cookies) for name, client in scene.clients.items()}
    touch(*Member.objects.all())
    _goals(scene, members["mentee"])
    _relationships(scene, members, enrolments, full, leif)
    _people(scene, organisation, members, network)
    _security(scene, members["mentee"])
    _safety(scene, members, make_member("Nils Vargand"))
    _conversation(scene, members, enrolments)
    _surveys(scene, members["mentee"], scene.rows["relationship"])
    _goals_together(scene, members)
    _meeting_notes(scene, members)
    _meetings(scene, members)
    failed = Job.objects.create(
        task="wayfellow.people.actions.imports.apply_import_job", organisation=organisation, state="failed",
        run_after=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    for name in ("run_again", "cancel_job"):
        scene.rows[name] = {"pk": failed.pk}
    for name in ("appoint_manager", "dismiss_manager"):
        scene.rows[name] = {"pk": network.programme.pk, "member_id": members["manager"].pk}
    return scene


def _meeting_notes(scene: Scene, members: Any) -> None:
    """A meeting of the mentee and the manager, with an agenda, notes that met, and notes for one alone."""
    mentee, manager = members["mentee"], members["manager"]
    relationship = Relationship.objects.get(participants__enrolment__member=manager)
    one = schedule_meeting(mentee, relationship, starts_at=timezone.now() + timedelta(days=11), minutes=60)
    point = agendas.add_agenda_point(mentee, one, text="What changed?")
    meeting_notes.save_note(mentee, one, text="One line", based_on=0)
    meeting_notes.save_note(manager, one, text="One line, longer", based_on=1)
    _version, (conflict,) = meeting_notes.save_note(mentee, one, text="Another line", based_on=1)
    meeting_notes.save_private_note(mentee, one, text="For me", based_on=0)
    row = {"pk": relationship.pk, "meeting_id": one.pk, "point_id": point.pk, "number": 1, "conflict_id": conflict.pk}
    names = (
        *("meeting", "add_agenda_point", "use_guide", "tick_agenda_point", "move_agenda_point", "remove_agenda_point"),
        *("restore_agenda_point", "commit_at_meeting", "save_note", "save_private_note", "note_versions"),
        *("note_version", "restore_note", "settle_conflict"),
    )
    for name in names:
        scene.rows[name], scene.owners[name] = row, {"mentee", "manager"}
    scene.rows["guide"] = {"key": "closing"}


def _meetings(scene: Scene, members: Any) -> None:
    """A series that the mentee and the manager planned, times that are offered, and the mentee's own calendar."""
    mentee, manager = members["mentee"], members["manager"]
    relationship = Relationship.objects.get(participants__enrolment__member=manager)
    at = timezone.now() + timedelta(days=5)
    meeting = meetings.schedule_meeting(mentee, relationship, starts_at=at, minutes=60, every_weeks=2, times=2)
    proposal = meetings.propose_slots(mentee, relationship, starts=[at + timedelta(days=1)], minutes=60)
    meetings.make_feed(mentee)
    meetings.make_feed(mentee)
    BusyTime.objects.create(
        organisation=mentee.organisation, member=mentee, starts_at=at, ends_at=at + timedelta(hours=1)
    )
    both = {"mentee", "manager"}
    for name in ("meetings", "export_meetings", "schedule_meeting", "log_meeting", "propose_slots"):
        scene.rows[name], scene.owners[name] = {"pk": relationship.pk}, both
    for name in ("pick_slot", "close_proposal"):
        scene.rows[name], scene.owners[name] = {"pk": relationship.pk, "proposal_id": proposal.pk}, both
    of_one = ("move_meeting", "cancel_meeting", "answer_invitation", "mark_held", "mark_missed")
    for name in (*of_one, "meeting_file"):
        scene.rows[name], scene.owners[name] = {"pk": relationship.pk, "meeting_id": meeting.pk}, both
    for name in ("calendar_feed", "answer_invitation_from_mail", "pick_slot_from_mail"):
        scene.rows[name] = {"token": "unknown"}


def _goals_together(scene: Scene, members: Any) -> None:
    """The mentee's goal, shared with the manager, and a commitment of each."""
    mentee, manager = members["mentee"], members["manager"]
    relationship = Relationship.objects.get(participants__enrolment__member=manager)
    goal = mentee.goals.order_by("pk").first()
    goals.share_goal(mentee, goal, relationship, items={"title": "everyone"})
    commitment = goals.add_commitment(mentee, relationship, owner=mentee, what="Walk one shift")
    goals.move_commitment(mentee, commitment, by_when=timezone.localdate() + timedelta(days=9))
    both = {"mentee", "manager"}
    for name in ("goals_together", "commitments", "add_commitment"):
        scene.rows[name], scene.owners[name] = {"pk": relationship.pk}, both
    of_one = ("agree_to_commitment", "tick_commitment", "move_commitment", "drop_commitment", "undo_commitment")
    for name in of_one:
        scene.rows[name], scene.owners[name] = {"pk": commitment.pk}, both
    scene.rows["goal_sharing"], scene.owners["goal_sharing"] = {"goal_id": goal.pk}, {"mentee"}
    for name in ("share_goal", "stop_sharing_goal"):
        scene.rows[name], scene.owners[name] = {"goal_id": goal.pk, "pk": relationship.pk}, {"mentee"}


def _goals(scene: Scene, mentee: Any) -> None:
    today = timezone.localdate()
    skill = Skill.objects.filter(organisation=None).order_by("pk").first()
    goal = goals.start_goal(mentee)
    goals.save_goal_step(mentee, goal, step=1, fields={"title": "Lead a crew"})
    fields = {"sign_of_success": "A crew of mine", "by_when": today + timedelta(days=90)}
    goals.save_goal_step(mentee, goal, step=2, fields=fields)
    goals.set_goal_skills(mentee, goal, [(skill, 1, 3)])
    goals.activate_goal(mentee, goal, today=today)
    for name in ("goal", "goal_step", "make_main_goal", "close_goal", "reopen_goal", "delete_goal"):
        scene.rows[name] = {"goal_id": goal.pk, "step": 1}
        scene.owners[name] = {"mentee"}
    own = Skill.objects.create(organisation=mentee.organisation, key="own-skill", name="Own skill", family=skill.family)
    for name in ("skill", "change_skill", "retire_skill", "restore_skill"):
        scene.rows[name] = {"key": own.key}


def _relationships(scene: Scene, members: Any, enrolments: Any, full: Any, leif: Any) -> None:
    mentee, mentor, manager = enrolments["mentee"], enrolments["mentor"], enrolments["manager"]
    goal = members["mentee"].goals.get()
    words: dict[str, Any] = {
        "goal": goal,
        "why_you": "You have led crews for many years, and people say that you listen.",
        "ask": "Walk one shift with me and tell me what you saw.",
        "how_often": "once_a_month",
    }
    request = requests.send_request(mentee, mentor, **words)
    relationship = answers.accept_request(members["manager"], requests.send_request(mentee, manager, **words))
    draft = requests.keep_draft(mentee, leif, **words)
    entry = waiting.join_waiting_list(mentee, full)
    requests_of_two = (
        "answer",
        "accept_request",
        "decline_request",
        "suggest_colleague",
        "ask_question",
        "answer_question",
        "withdraw_request",
    )
    for name in requests_of_two:
        scene.rows[name], scene.owners[name] = {"pk": request.pk}, PAIR
    word = quiet_words.ask_quiet_word(members["mentee"], relationship, wants="talk", to="safeguarding")
    for name in ("quiet_word", "take_up_quiet_word", "close_quiet_word", "release_from_relationship"):
        scene.rows[name], scene.owners[name] = {"pk": word.pk}, {"safeguarding"}
    scene.rows["ask_quiet_word"], scene.owners["ask_quiet_word"] = {"pk": relationship.pk}, {"mentee", "manager"}
    scene.rows["discard_draft"], scene.owners["discard_draft"] = {"pk": draft.pk}, {"mentee"}
    scene.rows["leave_waiting_list"], scene.owners["leave_waiting_list"] = {"pk": entry.pk}, {"mentee"}
    for name in ("relationship", "end_relationship"):
        scene.rows[name], scene.owners[name] = {"pk": relationship.pk}, {"mentee", "manager"}
    _agreement(scene, relationship, members, enrolments)
    for name in ("mentor", "save_mentor", "dismiss_mentor", "tell_me_when_back", "unmark_mentor"):
        scene.rows[name] = {"enrolment_id": leif.pk}
    for name in ("send_request", "keep_draft"):
        scene.rows[name] = {"pk": leif.pk}
    scene.rows["join_waiting_list"] = {"pk": full.pk}
    scene.rows["send_offer"] = {"pk": mentee.pk}
    scene.rows["export_mentoring"] = {"tab": "to-me"}
    scene.rows["answer_from_mail"] = {"token": "unknown"}


def _agreement(scene: Scene, relationship: Any, members: Any, enrolments: Any) -> None:
    """Two sides that differ on one point, a proposal, a look back with words for after the end, and an invitation."""
    values: dict[str, Any] = {"purpose": "Lead a crew", "agenda": "The mentee."}
    for name, agenda in (("mentee", "The mentee."), ("manager", "The mentor.")):
        agreements.fill_in_agreement(members[name], relationship, values=values | {"agenda": agenda})
    agreements.propose_clause(members["mentee"], relationship, clause="agenda", values={"agenda": "In turn."})
    version = AgreementVersion.objects.get(agreement__relationship=relationship, number=1)
    part = relationship.participants.get(enrolment=enrolments["mentee"])
    Signature.objects.create(
        organisation=relationship.organisation, version=version, participant=part, signed_at=timezone.now()
    )
    keep_reason(members["mentee"], relationship, "time_changed")
    review = reviews.start_review(members["mentee"], relationship)
    for name in ("mentee", "manager"):
        said = {"agenda": {"verdict": "kept", "words": ""}}
        reviews.fill_in_review(members[name], review, verdicts=said, withheld="Later.", done=name == "mentee")
    invited = joining.invite_to_relationship(
        members["mentee"], relationship, enrolment=enrolments["mentor"], role="mentor", words="Join us?"
    )
    rows: dict[str, Any] = {"pk": relationship.pk}
    of_it = (
        "leave_relationship",
        "pause_relationship",
        "resume_relationship",
        "agreement",
        "fill_in_agreement",
        "show_answers",
        "agree_to_clause",
        "sign_agreement",
        "drop_change",
        "extend_relationship",
        "start_review",
        "invite_to_relationship",
    )
    for name in of_it:
        scene.rows[name], scene.owners[name] = rows, {"mentee", "manager"}
    for name in ("propose_clause", "change_agreement"):
        scene.rows[name], scene.owners[name] = rows | {"clause": "agenda"}, {"mentee", "manager"}
    scene.rows["agreement_version"], scene.owners["agreement_version"] = rows | {"number": 1}, {"mentee", "manager"}
    for name in ("review", "fill_in_review"):
        scene.rows[name], scene.owners[name] = rows | {"review_pk": review.pk}, {"mentee", "manager"}
    for name in ("joining", "agree_to_joining", "decline_joining", "withdraw_joining"):
        scene.rows[name] = rows | {"joining_pk": invited.pk}
        scene.owners[name] = {"mentee", "manager", "mentor"}


def _people(scene: Scene, organisation: Any, members: Any, network: Any) -> None:
    invited = invite_members(
        members["administrator"], addresses=[("New Person", "new.person@larkmoor.example")], cohort=network
    )
    invitation = invited.invitations[0]
    asks = JoinRequest.objects.create(organisation=organisation, email="x@y.example", full_name="Xenia Yorick")
    scene.rows["withdraw_invitation"] = {"pk": invitation.pk}
    for name in ("approve_join_request", "refuse_join_request"):
        scene.rows[name] = {"pk": asks.pk}
    for name in (
        "member_admin",
        "invite_again",
        "make_administrator",
        "unmake_administrator",
        "make_safeguarding_lead",
        "unmake_safeguarding_lead",
        "close_member",
        "reopen_member",
    ):
        scene.rows[name] = {"pk": members["uninvolved"].pk}
    set_photo(members["mentor"], members["mentor"], photo=b"a picture")
    for name in ("member", "profile_photo"):
        scene.rows[name] = {"pk": members["mentor"].pk}
    _imports(scene, organisation, members["administrator"])
    scene.rows["edit_profile"] = {"step": "about"}
    for name in ("set_up", "welcome", "join", "join_with_email", "stop_mails"):
        scene.rows[name] = {"token": "unknown"}
    scene.rows["account_reset_password_from_key"] = {"uidb36": "1", "key": "unknown"}
    for name in ("outbox_mail", "outbox_html"):
        scene.rows[name] = {"mail": 1}


def _security(scene: Scene, mentee: Any) -> None:
    """A passkey of the mentee's, and another browser that the mentee is signed in with."""
    account = mentee.account
    passkey = Authenticator.objects.create(
        user=account, type="webauthn", data={"name": "Laptop", "credential": any_credential()}
    )
    for name in ("rename_passkey", "remove_factor"):
        scene.rows[name], scene.owners[name] = {"pk": passkey.pk}, {"mentee"}
    browser = account.browser_sessions.get()
    scene.rows["end_session"] = {"session_id": public_id(browser.session_key)}


def _imports(scene: Scene, organisation: Any, administrator: Any) -> None:
    file = b"Name,E-mail\nVera Nowak,v.nowak@larkmoor.example\nNobody,\n"
    found = check_import(administrator, organisation, file=file, file_name="people.csv")
    acts = ("map_columns", "apply_import", "stop_import", "resume_import", "discard_import", "download_refused")
    for name in ("member_import", *acts):
        scene.rows[name] = {"pk": found.pk}


def _safety(scene: Scene, members: Any, other: Any) -> None:
    concern = safety.report_concern(members["mentee"], text="Somebody shouted at me.")
    safety.block_member(members["mentee"], other)
    scene.rows["my_concern"], scene.owners["my_concern"] = {"pk": concern.pk}, {"mentee"}
    for name in ("concern", "take_up_concern", "close_concern"):
        scene.rows[name] = {"pk": concern.pk}
    scene.rows["block_member"] = {"pk": members["uninvolved"].pk}
    scene.rows["unblock_member"], scene.owners["unblock_member"] = {"pk": other.pk}, {"mentee"}


def _conversation(scene: Scene, members: Any, enrolments: Any) -> None:
    """Letters of the mentee and the manager, who mentors her: the only two who may read them."""
    relationship = Relationship.objects.get(participants__enrolment=enrolments["manager"])
    file = check_file("plan.txt", 9, lambda: b"The plan.")
    letter = send_message(members["mentee"], relationship, text="The plan is with this letter.", files=[file])
    keep_letter(members["manager"], relationship, text="One more thing")
    read_messages(members["manager"], relationship)
    names = ("conversation", "send_message", "keep_letter", "read_messages", "export_conversation")
    of_letter = ("message", "edit_message", "delete_message", "message_file", "commit_from_message")
    for name in (*names, *of_letter):
        scene.rows[name] = {"pk": relationship.pk, "message_id": letter.pk, "file_id": letter.files.get().pk}
        scene.owners[name] = {"mentee", "manager"}


def _surveys(scene: Scene, mentee: Any, relationship: dict[str, Any]) -> None:
    found = Participant.objects.select_related("enrolment__member").get(
        relationship=relationship["pk"], enrolment__member=mentee
    )
    answered, invitation = (ask_pulse(found, occasion=day, now=timezone.now()) for day in ("day_14", "day_30"))
    answer_survey(mentee, answered, values={"worth": 4})
    choose_surveys(mentee, found.relationship, stopped=False)
    scene.rows["answer_survey"], scene.owners["answer_survey"] = {"pk": invitation.pk}, {"mentee"}
    for name in ("my_pulse", "choose_surveys", "export_my_pulse", "who_can_read", "export_who_can_read", "how_it_goes"):
        scene.rows[name], scene.owners[name] = relationship, {"mentee", "manager"}
    scene.rows["relationship_health"] = relationship
    scene.rows["answer_survey_from_mail"] = {"token": "unknown"}
