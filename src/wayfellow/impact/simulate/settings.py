"""What a made-up company is to be like, and what is wrong with the wishes."""

import math
from dataclasses import dataclass
from typing import Any

DESIGNS = ("lottery", "roll-out", "comparison", "before-after")
LEAST_PEOPLE, MOST_PEOPLE = 20, 200_000
LARGEST_SEED = 2**63 - 1


class SettingsRefused(Exception):
    """A company as wished for cannot be made.

    Attributes:
        problems: one line each, naming the option and the value.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Settings:
    """A company to make up.

    Args:
        design: who has a mentor, and why: `lottery` (drawn within each site), `roll-out` (waves, keen people first),
            `comparison` (whoever wanted one), `before-after` (nobody without one).
        people: how many people.
        effect: what having a mentor does, in standard deviations of each outcome; 0 for nothing at all.
        seed: decides every draw.
        self_selection: how strongly appraisal, confidence and keenness decide who has a mentor; 0 for not at all.
        unmeasured: how much keenness, which is in no column, moves both the choice and the outcomes.
        mentees_each: people who share a mentor.
        icc: share of the variance of an outcome that people of one mentor have in common.
        leaving: share of people who leave within twelve months; of them no later answer is known.
        missing: share of those who stayed that do not answer the survey, more of them in junior grades.
        take_up: share of people drawn by lot who then do take part.

    Raises:
        SettingsRefused: with every value that does not fit.
    """

    design: str
    people: int
    effect: float = 0.0
    seed: int = 0
    self_selection: float = 1.0
    unmeasured: float = 0.5
    mentees_each: int = 4
    icc: float = 0.05
    leaving: float = 0.08
    missing: float = 0.1
    take_up: float = 0.9

    def __post_init__(self) -> None:
        problems = [] if self.design in DESIGNS else [f"design: {self.design!r} is not one of {', '.join(DESIGNS)}"]
        ranges: dict[str, tuple[float, float]] = {
            "people": (LEAST_PEOPLE, MOST_PEOPLE),
            "effect": (-2, 2),
            "seed": (0, LARGEST_SEED),
            "self_selection": (0, 5),
            "unmeasured": (0, 2),
            "mentees_each": (1, 100),
            "icc": (0, 0.9),
            "leaving": (0, 0.5),
            "missing": (0, 0.8),
            "take_up": (0.1, 1),
        }
        for name, (least, most) in ranges.items():
            value = getattr(self, name)
            if not math.isfinite(value) or not least <= value <= most:
                option = "--" + name.replace("_", "-")
                problems.append(f"{option}: {value} is not between {least:,} and {most:,}")
        if problems:
            raise SettingsRefused(problems)


@dataclass(frozen=True)
class Company:
    """A made-up company.

    Attributes:
        settings: what was wished for.
        plan: text of its PLAN.toml.
        columns: name to values, as people.csv has them; None is an empty cell.
        truth: name of an outcome to what having been given a mentor truly changed in its mean, over the people who
            were given one. Only a made-up company can know it.
    """

    settings: Settings
    plan: str
    columns: dict[str, list[Any]]
    truth: dict[str, float]
