"""Why a mentee has no mentor, and the smallest change that would give them one."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from wayfellow.matching.changes.displacement import Displacement, Move, usable_pairs
from wayfellow.matching.changes.regret import (
    Regret,
    can_be_pinned,
    position_of,
    regret_by_matching_anew,
    regrets_of_pairs,
)
from wayfellow.matching.explanations import circles, stable
from wayfellow.matching.explanations.facts import SmallestChange, Unmatched
from wayfellow.matching.explanations.places import Queue, Trials, more_places, queue_of
from wayfellow.matching.explanations.words import against, counted, listed, moves_in_words, price_in_words, ruled_out
from wayfellow.matching.problem import Flags, Ints
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match

# For a mentee's position: each hard rule that takes mentors from them, and which, (m,).
RuledOut = Callable[[int], Mapping[str, Flags]]


def reasons_of_unmatched(
    result: Result, displacement: Displacement | None, *, ruled_out_by: RuledOut | None = None
) -> tuple[Unmatched, ...]:
    """The reason of each mentee who wanted a mentor and has none, in the order of ids."""
    if not result.unmatched.size:
        return ()
    reasons = _Reasons(result, displacement, ruled_out_by)
    return tuple(reasons(int(mentee)) for mentee in result.unmatched)


class _Reasons:
    """What is worked out once for all the unmatched."""

    def __init__(self, result: Result, graph: Displacement | None, ruled_out_by: RuledOut | None) -> None:
        self.result, self.problem, self.graph = result, result.problem, graph
        self.ruled_out_by = ruled_out_by or (lambda mentee: {})
        n = len(self.problem.mentee_ids)
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(self.problem.mentee, minlength=n))])
        self.usable = usable_pairs(result)
        if result.objective == "free_score":
            # A pair that lowers the total, or adds nothing, is not wanted.
            self.usable = (self.problem.score > 0) | self.problem.pinned
        self.load = result.load
        self.coming = np.bincount(self.problem.mentor[self.usable], minlength=self.load.size) - self.load
        self.places = np.bincount(self.problem.mentee[result.chosen], minlength=n)
        self.trials = Trials()
        self.queue: Queue | None = queue_of(graph) if graph is not None else None
        self.room = self._room()

    def __call__(self, mentee: int) -> Unmatched:
        result, mentee_id = self.result, self.problem.mentee_ids[mentee]
        pairs = np.arange(*self.starts[mentee : mentee + 2])
        if not pairs.size:
            return Unmatched(mentee_id, "no_allowed_pair", self._ruled_out(mentee), self._allow(mentee))
        if result.objective == "stable":
            return stable.unmatched(result, mentee, self.trials)
        if result.objective == "circles":
            return circles.unmatched(result, mentee, self.trials)
        if not self.usable[pairs].any():
            return Unmatched(mentee_id, "below_minimum", self._too_low(pairs), self._lower(mentee, pairs))
        pairs = pairs[self.usable[pairs]]
        if result.objective == "lottery":
            return Unmatched(mentee_id, "lost_lottery", self._unlucky(mentee), self._pin(pairs))
        regret = self._cheapest(mentee, pairs)
        text, chain = self._full(mentee, pairs, regret)
        change = more_places(result, mentee, pairs, coming=self.coming, queue=self.queue, trials=self.trials)
        return Unmatched(mentee_id, "mentors_full", text, change, chain)

    def _ruled_out(self, mentee: int) -> str:
        counts = {rule: int(count[mentee]) for rule, count in self.problem.removed.items() if count[mentee]}
        name = self.problem.name(self.problem.mentee_ids[mentee])
        if not counts:
            return f"No mentor is allowed for {name}: none is listed."
        parts = [
            ruled_out(rule, count, name)
            for rule, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        ]
        ruled, mentors = sum(counts.values()), len(self.problem.mentor_ids)
        if ruled < mentors:
            parts.append("the others are not listed")
        text = f"No mentor is allowed for {name}: {listed(parts)}."
        if len(counts) > 1 and ruled != mentors:
            text += " A mentor may be counted under more than one of these."
        return text

    def _room(self) -> Ints:
        """Mentors who could take one more without anyone else losing out: those with a free place first, the freest
        first, then those from whom the fewest have to move."""
        free = self.problem.capacity - self.load
        mentors = np.flatnonzero(free > 0)
        mentors = mentors[np.lexsort((mentors, -free[mentors]))]
        if self.graph is None:
            return mentors
        graph = self.graph
        distance = graph.towards(graph.nobody)[0][: graph.nobody]
        cost = distance // graph.scale.steps + graph.price[:-1] - graph.price[-1]
        kept = (distance >= 0) & (graph.scale.split(cost)[0] <= 0) & (free <= 0)
        others = np.array(sorted(np.flatnonzero(kept).tolist(), key=lambda at: (distance[at] % graph.scale.steps, at)))
        return np.concatenate([mentors, others.astype(np.int64)])

    def _allow(self, mentee: int) -> SmallestChange:
        """Allow a pair with somebody who has room."""
        problem, result = self.problem, self.result
        itself = problem.mentee_ids[mentee]
        if result.objective == "circles":
            return circles.allow(result, mentee)
        mentors = [at for at, mentor_id in enumerate(problem.mentor_ids) if mentor_id != itself]
        rules = self.ruled_out_by(mentee)
        above_or_below = rules.get("reporting_line")
        if above_or_below is not None:
            # Nobody is advised to put people together who report to each other.
            mentors = [at for at in mentors if not above_or_below[at]]
        if not mentors:
            who = "" if above_or_below is None else f" who does not stand above or below {problem.name(itself)}"
            return SmallestChange("mentor", None, None, f"A mentor{who} has to join.")
        broken = {at: [rule for rule, taken in rules.items() if taken[at]] for at in mentors}
        if result.objective == "lottery":
            return self._allow_and_pin(mentors, broken)
        also = ", and let both list each other" if result.objective == "stable" else self._score_needed()
        place = {mentor: at for at, mentor in enumerate(self.room.tolist())}
        # The fewest rules to break, and one that somebody made by hand last.
        for mentor in sorted(
            (at for at in mentors if at in place),
            key=lambda at: ("forbidden" in broken[at], len(broken[at]), place[at]),
        ):
            mentor_id = problem.mentor_ids[mentor]
            room = "has a free place" if self.load[mentor] < problem.capacity[mentor] else "can make room"
            text = f"Allow the pair with {problem.name(mentor_id)}, who {room}{also}{against(broken[mentor])}."
            return SmallestChange("pair", mentor_id, result.min_score, text)
        # Places for all who could come: then theirs is free for certain.
        coming = np.bincount(problem.mentor, minlength=len(problem.mentor_ids)) + 1 - problem.capacity
        mentor = min(mentors, key=lambda at: ("forbidden" in broken[at], int(coming[at]), len(broken[at]), at))
        places = max(int(coming[mentor]), 1)
        name = problem.name(problem.mentor_ids[mentor])
        also = also.replace(", and let", ", let")
        text = f"Allow the pair with {name}{also}, and give {name} {counted(places, 'more place', 'more places')}"
        text += f"{against(broken[mentor])}."
        return SmallestChange("pair_and_place", problem.mentor_ids[mentor], places, text)

    def _allow_and_pin(self, mentors: list[int], broken: Mapping[int, Sequence[str]]) -> SmallestChange:
        """Only a pin is sure of its place in a draw."""
        problem = self.problem
        pins = np.bincount(problem.mentor[problem.pinned], minlength=len(problem.mentor_ids))
        free = problem.capacity - pins

        def worth(at: int) -> tuple[bool, bool, int, int, int]:
            return "forbidden" in broken[at], bool(free[at] <= 0), len(broken[at]), -int(free[at]), at

        mentor = min(mentors, key=worth)
        name, places = problem.name(problem.mentor_ids[mentor]), int(free[mentor] <= 0)
        place = f", give {name} 1 more place" if places else ""
        text = f"Allow the pair with {name}{place} and pin it{against(broken[mentor])}."
        return SmallestChange("pin", problem.mentor_ids[mentor], places, text)

    def _score_needed(self) -> str:
        if self.result.objective == "min_pair_score":
            return f", with a score of {self.result.min_score:,} or more"
        return ", with a score above 0" if self.result.objective == "free_score" else ""

    def _too_low(self, pairs: Ints) -> str:
        problem = self.problem
        best = int(pairs[np.argmax(problem.score[pairs])])
        who, score = problem.name(problem.mentor_ids[int(problem.mentor[best])]), int(problem.score[best])
        if self.result.objective == "free_score":
            return f"No pair would raise the total: the best allowed mentor, {who}, scores {score:,}."
        text = f"is below the lowest score of {self.result.min_score:,}"
        if pairs.size == 1:
            return f"The only allowed mentor, {who}, scores {score:,}, which {text}."
        return f"Each of the {pairs.size:,} allowed mentors {text}; the best, {who}, scores {score:,}."

    def _lower(self, mentee: int, pairs: Ints) -> SmallestChange:
        """A lower minimum that matches the mentee; where none was found to do it, a pin, which stays at any score."""
        if self.result.objective == "min_pair_score":
            for score in sorted(set(self.problem.score[pairs].tolist()), reverse=True):
                if not self.trials.may_try(10 * self.problem.score.size):
                    break
                lower = match(self.problem, objective="min_pair_score", seed=self.result.seed, min_score=score)
                if (lower.problem.mentee[lower.chosen] == mentee).any():
                    return SmallestChange("minimum", None, score, f"Lower the lowest score to {score:,}.")
        return self._pin(pairs)

    def _pin(self, pairs: Ints) -> SmallestChange:
        """Pin the best pair that can be, with one more place where pins have taken all."""
        problem = self.problem
        pairs = pairs[np.argsort(-problem.score[pairs], kind="stable")]
        for pair in pairs.tolist():
            mentor_id = problem.mentor_ids[int(problem.mentor[pair])]
            if can_be_pinned(self.result, pair):
                text = f"Pin the pair with {problem.name(mentor_id)} (score {int(problem.score[pair]):,})."
                return SmallestChange("pin", mentor_id, 0, text)
        mentor_id = problem.mentor_ids[int(problem.mentor[pairs[0]])]
        text = f"Give {problem.name(mentor_id)} 1 more place and pin the pair."
        return SmallestChange("pin", mentor_id, 1, text)

    def _unlucky(self, mentee: int) -> str:
        text = "The places that this mentee could take went to others by lot"
        if self.result.admission is not None:
            text += f"; the chance of getting one was {100 * float(self.result.admission[mentee]):.0f} %"
        return f"{text}."

    def _cheapest(self, mentee: int, pairs: Ints) -> Regret | None:
        """What it costs at least to give the mentee a mentor."""
        found: list[Regret | None]
        if self.graph is not None:
            found = regrets_of_pairs(self.graph, mentee, pairs)
        elif self.trials.may_try(10 * self.problem.score.size):
            found = [regret_by_matching_anew(self.result, int(pairs[np.argmax(self.problem.score[pairs])]))]
        else:
            return None
        possible = [regret for regret in found if regret is not None and regret.possible]
        return min(
            possible,
            key=lambda regret: (regret.participation_lost, regret.pairs_lost, regret.score_lost, regret.moves),
            default=None,
        )

    def _full(self, mentee: int, pairs: Ints, regret: Regret | None) -> tuple[str, tuple[Move, ...]]:
        problem = self.problem
        name = problem.name(problem.mentee_ids[mentee])
        which = ""
        if pairs.size < self.starts[mentee + 1] - self.starts[mentee]:
            least = self.result.min_score
            which = " who would raise the total" if least is None else f" at or above the lowest score of {least:,}"
        if pairs.size == 1:
            only = problem.name(problem.mentor_ids[int(problem.mentor[pairs[0]])])
            text = f"The only allowed mentor{which}, {only}, is full."
        else:
            text = f"{'Both' if pairs.size == 2 else f'All {pairs.size:,}'} allowed mentors{which} are full."
        if regret is None:
            return text, ()
        alone = frozenset(
            move.mentee_id
            for move in regret.chain
            if move.joins is None and self.places[position_of(problem.mentee_ids, move.mentee_id)] == 1
        )
        told = moves_in_words(problem, regret.chain, alone=alone)
        price = f"that {price_in_words(regret)}"
        if not (regret.participation_lost or regret.pairs_lost or regret.score_lost):
            price = "as many would have a mentor, and the total would stay the same"
        return f"{text} The cheapest way to give {name} a mentor: {told}; {price}.", regret.chain
