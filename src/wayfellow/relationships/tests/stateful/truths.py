"""What is true after every step, whoever did what; and what is true again once the clock's own work is done."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from wayfellow.relationships.tests.stateful.readers import Ground
from wayfellow.relationships.tests.stateful.world import Row

IN_LINE = ("waiting", "offered")
ENDS = {
    "accepted": [["request_accepted"]],
    "declined": [["request_declined"], ["colleague_suggested"]],
    "withdrawn": [["request_withdrawn"]],
    "expired": [["request_expired"], ["request_closed"]],
    "pending": [[]],
    "draft": [[]],
}
LEAVES = {"waiting": [[]], "offered": [["place_offered"]], "lapsed": [["place_lapsed", "place_offered"]]}


def holds(ground: Ground, now: datetime) -> None:
    """Everything that is never allowed to be otherwise."""
    events = _events_about(ground)
    places_fit(ground)
    both_consented(ground, events)
    for row in ground.requests.values():
        turn_is_clear(ground, row, now)
        request_is_told(ground, row, events["relationships.MentoringRequest", row["pk"]])
    for row in ground.rows["relationships.WaitingEntry"].values():
        place_is_told(ground, row, events["relationships.WaitingEntry", row["pk"]])
    for row in ground.rows["relationships.Relationship"].values():
        ended = row["state"] in ("ended_early", "completed")
        assert bool(row["ended_at"]) == ended
        assert events["relationships.Relationship", row["pk"]].count("relationship_ended") == ended
        assert bool(row["paused_until"]) == (row["state"] == "paused")
    texts_are_signed_by_all(ground)
    one_thing_at_a_time(ground)


def places_fit(ground: Ground) -> None:
    """Places taken are relationships under way, places kept are promises, and both fit into the mentor's limit."""
    taken = Counter(pk for _relationship, role, pk in present_at_work(ground) if role == "mentor")
    kept = Counter(row["mentor_id"] for row in ground.requests.values() if row["holds_place"])
    kept += Counter(row["mentor_id"] for row in _line(ground) if row["state"] == "offered")
    for pk, row in ground.enrolments.items():
        assert row["places_taken"] == taken[pk], f"{row} has {taken[pk]} relationships"
        assert row["places_held"] == kept[pk], f"{row} has promised {kept[pk]} places"
        assert row["places_taken"] + row["places_held"] <= row["capacity"], row


def both_consented(ground: Ground, events: dict[Any, list[str]]) -> None:
    """One of the two sent it and the other, not the same, said yes; each by their own act, while both were there."""
    acts = {
        (row["verb"], row["about_id"]): row
        for row in ground.rows["audit.Event"].values()
        if row["verb"] in ("request_sent", "offer_sent", "request_accepted")
    }
    for pk, row in ground.rows["relationships.Relationship"].items():
        request = ground.requests[row["request_id"]]
        assert request["state"] == "accepted"
        asked = request["direction"] == "ask"
        mentee, mentor = ground.whose(request["mentee_id"]), ground.whose(request["mentor_id"])
        joined = who_joined(ground, pk)
        assert ground.parties[pk] == {mentee, mentor} | joined and mentee != mentor
        sent = acts["request_sent" if asked else "offer_sent", str(request["pk"])]
        accepted = acts["request_accepted", str(request["pk"])]
        for act, who in ((sent, mentee if asked else mentor), (accepted, mentor if asked else mentee)):
            forgotten = act["details"] is None
            assert forgotten or act["actor_id"] == who
        assert sent["sequence"] < accepted["sequence"]


def turn_is_clear(ground: Ground, row: Row, now: datetime) -> None:
    """While a request is open it is somebody's turn, since a moment that has been, until one that comes after."""
    sender, receiver = ("mentee", "mentor") if row["direction"] == "ask" else ("mentor", "mentee")
    if row["state"] != "pending":
        assert row["awaiting"] == "" and not row["holds_place"]
        assert bool(row["closed_at"]) == (row["state"] != "draft")
        assert bool(row["answered_at"]) == (row["state"] in ("accepted", "declined"))
        return
    questions = ground.rows["relationships.RequestQuestion"].values()
    asked = any(one["request_id"] == row["pk"] and one["answered_at"] is None for one in questions)
    assert row["awaiting"] == (sender if asked else receiver)
    assert row["sent_at"] <= row["awaiting_since"] <= now
    assert row["awaiting_since"] < row["expires_at"]
    assert row["closed_at"] is None and row["answered_at"] is None


def request_is_told(ground: Ground, row: Row, verbs: list[str]) -> None:
    """It was sent once and ended once, and whoever receives it was told once."""
    opening = "request_sent" if row["direction"] == "ask" else "offer_sent"
    was_sent = row["state"] != "draft"
    assert verbs.count(opening) == was_sent
    closing = sorted(verb for verb in verbs if verb not in (opening, "question_asked", "question_answered"))
    stopped = row["state"] == "expired" and row["closed_because"] == "stopped"
    assert closing in ([[]] if stopped else ENDS[row["state"]]), (row["state"], verbs)
    receiver = ground.whose(row["mentor_id"] if row["direction"] == "ask" else row["mentee_id"])
    both = [ground.members[ground.whose(row[role])] for role in ("mentee_id", "mentor_id")]
    kind = "request_received" if row["direction"] == "ask" else "offer_received"
    told = [
        notice
        for notice in ground.rows["notifications.Notice"].values()
        if notice["kind"] == kind and notice["about_id"] == str(row["pk"])
    ]
    names = [notice["member_id"] for notice in told]
    forgotten = any(one["forgotten_at"] for one in both)
    assert names == [receiver] * (was_sent and not forgotten), names


def place_is_told(ground: Ground, row: Row, verbs: list[str]) -> None:
    """A place in line was joined once, and what became of it was written down once."""
    assert verbs.count("waiting_list_joined") == 1
    rest = sorted(verb for verb in verbs if verb != "waiting_list_joined")
    if row["state"] in LEAVES:
        assert rest in LEAVES[row["state"]], (row["state"], verbs)
    assert len(rest) == len(set(rest)), verbs
    assert bool(row["closed_at"]) == (row["state"] not in IN_LINE)
    if row["state"] == "offered":
        assert row["offered_at"] < row["offer_ends_at"]


def one_thing_at_a_time(ground: Ground) -> None:
    """Two people have at most one relationship, one open request and one place in line between them."""
    working = [pair for pair, _row in pairs_at_work(ground)]
    asking = [(row["mentee_id"], row["mentor_id"]) for row in ground.requests.values() if row["state"] == "pending"]
    waiting = [(row["mentee_id"], row["mentor_id"]) for row in _line(ground)]
    for pairs in (working, asking, waiting):
        assert len(pairs) == len(set(pairs))
    assert not set(working) & {*asking, *waiting}
    kept = {(row["mentee_id"], row["mentor_id"]) for row in ground.requests.values() if row["holds_place"]}
    assert not kept & set(waiting)


def nothing_waits_in_vain(ground: Ground, now: datetime) -> None:
    """Once reminders, expiry, offers and what follows leaving and blocking have run: nothing is stuck."""
    here = {pk for pk, row in ground.members.items() if row["state"] == "active"}
    apart = {(row["blocker_id"], row["blocked_id"]) for row in ground.rows["safety.Block"].values()}
    for row in [*(one for one in ground.requests.values() if one["state"] == "pending"), *_line(ground)]:
        mentee, mentor = ground.whose(row["mentee_id"]), ground.whose(row["mentor_id"])
        assert {mentee, mentor} <= here, f"{row} waits for somebody who left"
        assert not {(mentee, mentor), (mentor, mentee)} & apart, f"{row} stands between people kept apart"
        assert ground.enrolments[row["mentor_id"]]["is_mentor"]
        ends = row["expires_at"] if "expires_at" in row else row["offer_ends_at"]
        assert ends is None or ends > now, f"{row} is over"
    for (mentee, mentor), row in pairs_at_work(ground):
        assert {ground.whose(mentee), ground.whose(mentor)} <= here, f"{row} goes on without one of them"
    for row in _line(ground):
        mentor = ground.enrolments[row["mentor_id"]]
        away = mentor["away_until"] is not None and mentor["away_until"] > now.date()
        free = mentor["capacity"] - mentor["places_taken"] - mentor["places_held"]
        assert row["state"] == "offered" or away or free == 0, f"{row} waits beside a free place"


def who_joined(ground: Ground, relationship: int) -> set[int]:
    """Who came in later: invited, with their own yes and that of everybody who was there."""
    joined = set()
    consents: dict[int, set[int]] = defaultdict(set)
    for row in ground.rows["relationships.JoiningConsent"].values():
        consents[row["invitation_id"]].add(row["participant_id"])
    people = [
        row for row in ground.rows["relationships.Participant"].values() if row["relationship_id"] == relationship
    ]
    for pk, row in ground.rows["relationships.JoiningInvitation"].items():
        if row["relationship_id"] != relationship or row["state"] != "joined":
            continue
        at = row["closed_at"]
        there = {
            one["pk"]
            for one in people
            if (one["joined_at"] is None or one["joined_at"] < at) and (one["left_at"] is None or one["left_at"] > at)
        }
        assert row["said_yes_at"] is not None and there <= consents[pk]
        joined.add(ground.whose(row["enrolment_id"]))
    assert joined == {ground.whose(one["enrolment_id"]) for one in people if one["joined_at"] is not None}
    return joined


def texts_are_signed_by_all(ground: Ground) -> None:
    """What is in force was signed by everybody who was there then; versions are numbered without a gap."""
    signed: dict[int, set[int]] = defaultdict(set)
    for row in ground.rows["relationships.Signature"].values():
        signed[row["version_id"]].add(row["participant_id"])
    numbers: dict[int, list[int]] = defaultdict(list)
    for pk, row in ground.rows["relationships.AgreementVersion"].items():
        numbers[row["agreement_id"]].append(row["number"])
        if row["in_force_at"] is None:
            continue
        agreement = ground.rows["relationships.Agreement"][row["agreement_id"]]
        there = {
            one["pk"]
            for one in ground.rows["relationships.Participant"].values()
            if one["relationship_id"] == agreement["relationship_id"]
            and (one["joined_at"] is None or one["joined_at"] <= row["in_force_at"])
            and (one["left_at"] is None or one["left_at"] > row["in_force_at"])
        }
        assert there <= signed[pk], f"version {row['number']} is in force without a name"
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def present_at_work(ground: Ground) -> list[tuple[int, str, int]]:
    """Relationship, role and enrolment of everybody who is in one under way or paused."""
    found = ground.rows["relationships.Relationship"]
    return [
        (row["relationship_id"], row["role"], row["enrolment_id"])
        for row in ground.rows["relationships.Participant"].values()
        if row["left_at"] is None and found[row["relationship_id"]]["state"] in ("active", "paused")
    ]


def pairs_at_work(ground: Ground) -> list[tuple[tuple[int, int], Row]]:
    """Each mentee with each mentor of each relationship under way or paused."""
    here: dict[int, dict[str, list[int]]] = defaultdict(lambda: {"mentee": [], "mentor": []})
    for relationship, role, enrolment in present_at_work(ground):
        here[relationship][role].append(enrolment)
    rows = ground.rows["relationships.Relationship"]
    for pk, people in here.items():
        assert people["mentee"] and people["mentor"], f"relationship {pk} goes on without a mentor or a mentee"
    return [
        ((mentee, mentor), rows[pk])
        for pk, people in here.items()
        for mentee in people["mentee"]
        for mentor in people["mentor"]
    ]


def _line(ground: Ground) -> list[Row]:
    return [row for row in ground.rows["relationships.WaitingEntry"].values() if row["state"] in IN_LINE]


def _events_about(ground: Ground) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for row in ground.rows["audit.Event"].values():
        if row["about_id"].isdigit():
            found[row["about_type"], int(row["about_id"])].append(row["verb"])
    return found
