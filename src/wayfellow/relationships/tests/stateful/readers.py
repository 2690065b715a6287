"""The table of who reads what, written from the promises and not from the queries that it is held against.

Each entry gets a row, a reader (a row too) and everything there is, and says whether this reader may read this row.
"""

from collections.abc import Callable
from typing import Any

from wayfellow.relationships.tests.stateful.world import Row, Rows

Says = Callable[[Row, Row, "Ground"], bool]


class Ground:
    """All rows, and what the table asks of them again and again."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.members = rows["people.Member"]
        self.enrolments = rows["programmes.Enrolment"]
        self.requests = rows["relationships.MentoringRequest"]
        self.cohort_of = {pk: row["programme_id"] for pk, row in rows["programmes.Cohort"].items()}
        self.cohorts: dict[int, set[int]] = {}
        for row in self.enrolments.values():
            self.cohorts.setdefault(row["member_id"], set()).add(row["cohort_id"])
        self.parties: dict[int, set[int]] = {}
        for row in rows["relationships.Participant"].values():
            self.parties.setdefault(row["relationship_id"], set()).add(self.whose(row["enrolment_id"]))
        self.kept_from = {(row["concern_id"], row["member_id"]) for row in rows["safety.Concern_kept_from"].values()}

    def whose(self, enrolment: int) -> int:
        return self.enrolments[enrolment]["member_id"]

    def work_together(self, one: int, other: int) -> bool:
        """Whether two people have a relationship under way or paused, which neither of them has left."""
        rows = self.rows["relationships.Relationship"]
        here: dict[int, set[int]] = {}
        for row in self.rows["relationships.Participant"].values():
            if row["left_at"] is None and rows[row["relationship_id"]]["state"] in ("active", "paused"):
                here.setdefault(row["relationship_id"], set()).add(self.whose(row["enrolment_id"]))
        return any({one, other} <= people for people in here.values())


def nobody_elses(row: Row, reader: Row, ground: Ground) -> bool:
    return row["member_id"] == reader["pk"]


def colleagues(row: Row, reader: Row, ground: Ground) -> bool:
    return True


def administrators(row: Row, reader: Row, ground: Ground) -> bool:
    return reader["is_administrator"]


def member(row: Row, reader: Row, ground: Ground) -> bool:
    if row["pk"] == reader["pk"] or reader["is_administrator"]:
        return True
    if row["state"] != "active":
        return False
    shared = ground.cohorts.get(row["pk"], set()) & ground.cohorts.get(reader["pk"], set())
    return not reader["is_guest"] or bool(shared)


def as_member(row: Row, reader: Row, ground: Ground) -> bool:
    return member(ground.members[row["member_id"]], reader, ground)


def background(row: Row, reader: Row, ground: Ground) -> bool:
    owner = ground.members[row["member_id"]]
    if owner["pk"] == reader["pk"]:
        return True
    if owner["state"] != "active" or not member(owner, reader, ground) or row["visibility"] == "private":
        return False
    if row["visibility"] == "members" and not reader["is_guest"]:
        return True
    return ground.work_together(owner["pk"], reader["pk"])


def goal_skill(row: Row, reader: Row, ground: Ground) -> bool:
    return nobody_elses(ground.rows["goals.Goal"][row["goal_id"]], reader, ground)


def block(row: Row, reader: Row, ground: Ground) -> bool:
    return row["blocker_id"] == reader["pk"]


def concern(row: Row, reader: Row, ground: Ground) -> bool:
    if row["raised_by_id"] == reader["pk"]:
        return True
    hidden = row["about_id"] == reader["pk"] or (row["pk"], reader["pk"]) in ground.kept_from
    return reader["is_safeguarding_lead"] and not hidden


def concern_message(row: Row, reader: Row, ground: Ground) -> bool:
    return concern(ground.rows["safety.Concern"][row["concern_id"]], reader, ground)


def programme(row: Row, reader: Row, ground: Ground) -> bool:
    mine = {ground.cohort_of[pk] for pk in ground.cohorts.get(reader["pk"], set())}
    return not reader["is_guest"] or row["pk"] in mine


def cohort(row: Row, reader: Row, ground: Ground) -> bool:
    return programme(ground.rows["programmes.Programme"][row["programme_id"]], reader, ground)


def enrolment(row: Row, reader: Row, ground: Ground) -> bool:
    if row["member_id"] == reader["pk"]:
        return True
    here = ground.members[row["member_id"]]["state"] == "active"
    return here and cohort(ground.rows["programmes.Cohort"][row["cohort_id"]], reader, ground)


def request(row: Row, reader: Row, ground: Ground) -> bool:
    mentee, mentor = ground.whose(row["mentee_id"]), ground.whose(row["mentor_id"])
    if row["state"] == "draft":
        return reader["pk"] == (mentee if row["direction"] == "ask" else mentor)
    return reader["pk"] in (mentee, mentor)


def of_request(row: Row, reader: Row, ground: Ground) -> bool:
    return request(ground.requests[row["request_id"]], reader, ground)


def who_waits(row: Row, reader: Row, ground: Ground) -> bool:
    return ground.whose(row["mentee_id"]) == reader["pk"]


def relationship(row: Row, reader: Row, ground: Ground) -> bool:
    return reader["pk"] in ground.parties.get(row["pk"], set())


def participant(row: Row, reader: Row, ground: Ground) -> bool:
    return (row["joined_at"] is None and relationship_of(row, reader, ground)) or was_in(
        row["relationship_id"], row["joined_at"], reader, ground
    )


def relationship_of(row: Row, reader: Row, ground: Ground) -> bool:
    return reader["pk"] in ground.parties.get(row["relationship_id"], set())


def was_in(relationship_id: int, at: Any, reader: Row, ground: Ground) -> bool:
    """Whether the reader had not left a relationship when something was written there."""
    if at is None:
        return False
    return any(
        row["relationship_id"] == relationship_id
        and ground.whose(row["enrolment_id"]) == reader["pk"]
        and (row["left_at"] is None or row["left_at"] >= at)
        for row in ground.rows["relationships.Participant"].values()
    )


def whose_part(row: Row, ground: Ground) -> int:
    return ground.whose(ground.rows["relationships.Participant"][row["participant_id"]]["enrolment_id"])


def of_agreement(row: Row, reader: Row, ground: Ground) -> bool:
    agreement = ground.rows["relationships.Agreement"][row["agreement_id"]] if "agreement_id" in row else row
    return was_in(agreement["relationship_id"], row["created_at"], reader, ground)


def agreement_answers(row: Row, reader: Row, ground: Ground) -> bool:
    agreement = ground.rows["relationships.Agreement"][row["agreement_id"]]
    return whose_part(row, ground) == reader["pk"] or was_in(
        agreement["relationship_id"], row["shown_at"], reader, ground
    )


def signature(row: Row, reader: Row, ground: Ground) -> bool:
    version = ground.rows["relationships.AgreementVersion"][row["version_id"]]
    agreement = ground.rows["relationships.Agreement"][version["agreement_id"]]
    return was_in(agreement["relationship_id"], row["signed_at"], reader, ground)


def review(row: Row, reader: Row, ground: Ground) -> bool:
    return was_in(row["relationship_id"], row["opened_at"], reader, ground)


def review_answers(row: Row, reader: Row, ground: Ground) -> bool:
    found = ground.rows["relationships.Review"][row["review_id"]]
    return whose_part(row, ground) == reader["pk"] or was_in(found["relationship_id"], row["shown_at"], reader, ground)


def withheld_words(row: Row, reader: Row, ground: Ground) -> bool:
    found = ground.rows["relationships.Review"][row["review_id"]]
    ended = ground.rows["relationships.Relationship"][found["relationship_id"]]["ended_at"]
    return whose_part(row, ground) == reader["pk"] or was_in(found["relationship_id"], ended, reader, ground)


def joining(row: Row, reader: Row, ground: Ground) -> bool:
    invited = ground.whose(row["enrolment_id"]) == reader["pk"]
    return invited or was_in(row["relationship_id"], row["created_at"], reader, ground)


def joining_consent(row: Row, reader: Row, ground: Ground) -> bool:
    found = ground.rows["relationships.JoiningInvitation"][row["invitation_id"]]
    return ground.whose(found["enrolment_id"]) != reader["pk"] and joining(found, reader, ground)


def message(row: Row, reader: Row, ground: Ground) -> bool:
    """The people who were in its relationship then; of two that a block kept apart, not the other's."""
    for there in ground.rows["relationships.Participant"].values():
        mine = ground.whose(there["enrolment_id"]) == reader["pk"]
        if mine and there["relationship_id"] == row["relationship_id"]:
            left, joined, at = there["left_at"], there["joined_at"], row["created_at"]
            if (left is None or left >= at) and (joined is None or joined <= at):
                return not blocked_then(row["author_id"], reader["pk"], row["created_at"], ground)
    return False


def blocked_then(one: Any, other: Any, at: Any, ground: Ground) -> bool:
    between = ({"blocker_id": one, "blocked_id": other}, {"blocker_id": other, "blocked_id": one})
    return any(
        said["created_at"] <= at and any(pair.items() <= said.items() for pair in between)
        for said in ground.rows["safety.Block"].values()
    )


def message_file(row: Row, reader: Row, ground: Ground) -> bool:
    return message(ground.rows["conversations.Message"][row["message_id"]], reader, ground)


def quiet_word(row: Row, reader: Row, ground: Ground) -> bool:
    heard = {entry["member_id"] for entry in ground.rows["relationships.QuietWord_heard_by"].values()
             if entry["quietword_id"] == row["pk"]}  # fmt: skip
    return reader["pk"] == row["asked_by_id"] or reader["pk"] in heard


def was_there(ground: Ground, relationship: int, reader: int, at: Any) -> bool:
    """Whether somebody takes part, and had not left before this moment."""
    return any(
        row["relationship_id"] == relationship
        and ground.whose(row["enrolment_id"]) == reader
        and (row["left_at"] is None or row["left_at"] >= at)
        for row in ground.rows["relationships.Participant"].values()
    )


def commitment(row: Row, reader: Row, ground: Ground) -> bool:
    return was_there(ground, row["relationship_id"], reader["pk"], row["created_at"])


def commitment_step(row: Row, reader: Row, ground: Ground) -> bool:
    of = ground.rows["goals.Commitment"][row["commitment_id"]]
    return commitment(of, reader, ground) and was_there(ground, of["relationship_id"], reader["pk"], row["at"])


def in_meeting(row: Row, reader: Row, ground: Ground, at: Any) -> bool:
    """The people of a meeting, for what was written when they were still in it."""
    of = ground.rows["meetings.Meeting"][row["meeting_id"]]
    here = was_there(ground, of["relationship_id"], reader["pk"], of["created_at"])
    return here and was_there(ground, of["relationship_id"], reader["pk"], at)


def agenda_point(row: Row, reader: Row, ground: Ground) -> bool:
    return in_meeting(row, reader, ground, row["created_at"])


def shared_note(row: Row, reader: Row, ground: Ground) -> bool:
    of = ground.rows["meetings.Meeting"][row["meeting_id"]]
    return was_there(ground, of["relationship_id"], reader["pk"], of["created_at"])


def of_shared_note(row: Row, reader: Row, ground: Ground) -> bool:
    return in_meeting(ground.rows["meetings.SharedNote"][row["note_id"]], reader, ground, row["created_at"])


def meeting(row: Row, reader: Row, ground: Ground) -> bool:
    at = max(row["created_at"], row["starts_at"])
    return was_there(ground, row["relationship_id"], reader["pk"], at)


def of_meeting(row: Row, reader: Row, ground: Ground) -> bool:
    return meeting(ground.rows["meetings.Meeting"][row["meeting_id"]], reader, ground)


def written_here(row: Row, reader: Row, ground: Ground) -> bool:
    return was_there(ground, row["relationship_id"], reader["pk"], row["created_at"])


def of_proposal(row: Row, reader: Row, ground: Ground) -> bool:
    return written_here(ground.rows["meetings.Proposal"][row["proposal_id"]], reader, ground)


def goal_share(row: Row, reader: Row, ground: Ground) -> bool:
    goal = ground.rows["goals.Goal"][row["goal_id"]]
    if goal["member_id"] == reader["pk"]:
        return True
    ended_at = ground.rows["relationships.Relationship"][row["relationship_id"]]["ended_at"]
    if ended_at is not None and ended_at < goal["updated_at"]:
        return False
    written = max(goal["updated_at"], row["created_at"])
    if not was_there(ground, row["relationship_id"], goal["member_id"], goal["updated_at"]):
        return False
    roles = {
        part["role"]
        for part in ground.rows["relationships.Participant"].values()
        if part["relationship_id"] == row["relationship_id"] and ground.whose(part["enrolment_id"]) == reader["pk"]
    }
    chosen = row["audience"] == "everyone" or "mentor" in roles
    return chosen and was_there(ground, row["relationship_id"], reader["pk"], written)


TABLE: dict[str, Says] = {
    "audit.Event": administrators,
    "conversations.Draft": nobody_elses,
    "conversations.Message": message,
    "conversations.MessageFile": message_file,
    "conversations.Reading": nobody_elses,
    "discovery.MentorMark": nobody_elses,
    "goals.Commitment": commitment,
    "goals.CommitmentStep": commitment_step,
    "goals.Goal": nobody_elses,
    "goals.GoalShare": goal_share,
    "goals.GoalSkill": goal_skill,
    "meetings.AgendaPoint": agenda_point,
    "meetings.NoteConflict": of_shared_note,
    "meetings.NoteVersion": of_shared_note,
    "meetings.PrivateNote": nobody_elses,
    "meetings.SharedNote": shared_note,
    "meetings.Attendance": of_meeting,
    "meetings.BusyTime": nobody_elses,
    "meetings.Meeting": meeting,
    "meetings.PersonalCalendar": nobody_elses,
    "meetings.Proposal": written_here,
    "meetings.RevokedFeed": nobody_elses,
    "meetings.Series": written_here,
    "meetings.Slot": of_proposal,
    "notifications.MailLink": nobody_elses,
    "notifications.MailWishes": nobody_elses,
    "notifications.Notice": nobody_elses,
    "notifications.NoticePreference": nobody_elses,
    "people.BackgroundFacet": background,
    "people.ColumnMemory": administrators,
    "people.ImportRow": administrators,
    "people.Invitation": administrators,
    "people.JoinRequest": administrators,
    "people.Member": member,
    "people.MemberImport": administrators,
    "people.Profile": as_member,
    "programmes.Cohort": cohort,
    "programmes.Enrolment": enrolment,
    "programmes.Programme": programme,
    "relationships.Agreement": of_agreement,
    "relationships.AgreementAnswers": agreement_answers,
    "relationships.AgreementProposal": of_agreement,
    "relationships.AgreementVersion": of_agreement,
    "relationships.JoiningConsent": joining_consent,
    "relationships.JoiningInvitation": joining,
    "relationships.MentoringRequest": request,
    "relationships.Participant": participant,
    "relationships.PrivateReason": nobody_elses,
    "relationships.QuietWord": quiet_word,
    "relationships.Relationship": relationship,
    "relationships.RequestQuestion": of_request,
    "relationships.RequestSuggestion": of_request,
    "relationships.Review": review,
    "relationships.ReviewAnswers": review_answers,
    "relationships.Signature": signature,
    "relationships.WaitingEntry": who_waits,
    "relationships.WithheldWords": withheld_words,
    "safety.Block": block,
    "safety.Concern": concern,
    "safety.ConcernMessage": concern_message,
    "safety.ReportTerms": colleagues,
    "search.Document": colleagues,
    "search.Term": colleagues,
    "search.Value": colleagues,
    "skills.MemberSkill": as_member,
    "skills.RetiredSkill": colleagues,
    "surveys.SurveyAnswer": nobody_elses,
    "surveys.SurveyChoice": nobody_elses,
    "surveys.SurveyInvitation": nobody_elses,
}


def may_read(label: str, reader: Row, ground: Ground) -> set[Any]:
    """The primary keys of the rows of a model that this reader may read: never another organisation's."""
    says = TABLE[label]
    home = reader["organisation_id"]
    rows = ground.rows[label].items()
    return {pk for pk, row in rows if row["organisation_id"] == home and says(row, reader, ground)}
