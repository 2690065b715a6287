"""What a conversation guide is made of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question of a guide.

    Attributes:
        key: its name in code; agenda points remember it.
        ask: the question, as one says it.
        why: what it is good for.
        then: what to do with the answer.
        minutes: how long it usually takes.
    """

    key: str
    ask: Any
    why: Any
    then: Any
    minutes: int


@dataclass(frozen=True)
class Guide:
    """Questions for one stage of a mentoring relationship.

    Attributes:
        key: its name in code and in addresses.
        name: what it is called.
        when: when it helps.
        before: what to do beforehand, in one or two sentences.
        questions: in the order in which they work best.
    """

    key: str
    name: Any
    when: Any
    before: Any
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> int:
        return sum(question.minutes for question in self.questions)
