"""The report of a match run: a JSON document for other programs, the same bytes for the same run."""

import json
from typing import TYPE_CHECKING, Any

from wayfellow import __version__
from wayfellow.matching.result import Result

if TYPE_CHECKING:
    from wayfellow.matching.explanations import Explanation

SCHEMA = "wayfellow-match-report/1"


def report_of(result: Result, explanation: "Explanation", *, input_sha256: str) -> dict[str, Any]:
    """The report of a result, as plain lists and dictionaries.

    Args:
        result: the result.
        explanation: what `explain` says of it.
        input_sha256: hash of what was matched, as `problem_sha256` gives it.
    """
    problem, certificate = result.problem, result.certificate
    mentees, mentors = problem.mentee[result.chosen].tolist(), problem.mentor[result.chosen].tolist()
    scores = problem.score[result.chosen].tolist()
    return {
        "schema": SCHEMA,
        "engine": f"wayfellow {__version__}",
        "objective": result.objective,
        "seed": result.seed,
        "input_sha256": input_sha256,
        "optimal": certificate.optimal,
        "gap": certificate.gap,
        "pairs": [
            {
                "mentee_id": problem.mentee_ids[mentee],
                "mentor_id": problem.mentor_ids[mentor],
                "score": score,
                "points": {name: int(points) for name, points in why.points.items()},
                "reasons": list(why.reasons),
            }
            for mentee, mentor, score, why in zip(mentees, mentors, scores, explanation.pairs, strict=True)
        ],
        "unmatched": [
            {
                "mentee_id": why.mentee_id,
                "code": why.code,
                "text": why.text,
                "smallest_change": why.smallest_change.text,
            }
            for why in explanation.unmatched
        ],
        "mentors": [
            {"mentor_id": mentor_id, "capacity": capacity, "load": load}
            for mentor_id, capacity, load in zip(
                problem.mentor_ids, problem.capacity.tolist(), result.load.tolist(), strict=True
            )
        ],
        "warnings": [caution.text for caution in result.cautions],
    }


def report_bytes(report: Any) -> bytes:
    """A report (or a list of facts) as it is written to a file: UTF-8 JSON, indented, keys in their order."""
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
