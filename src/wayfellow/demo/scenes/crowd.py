"""Everybody who is not told of by name: when they join, what they offer and seek, whom they ask and what comes of it.

The plan is drawn before anything happens, so that no mentor is asked for a place that is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wayfellow.demo.lines import AIMS, Aim
from wayfellow.demo.scenes import asking, joining
from wayfellow.demo.staff import Employee
from wayfellow.demo.world import World

MENTORS = 76
MENTEES = 104
LEAVERS = 18
FIRST_DAY, LAST_DAY = 205, 2
ASKS_OF_MENTEE = (
    "Come with something you have tried, even if it failed.",
    "Send me three lines before we talk, so that we do not spend the hour finding the question.",
    "Tell me early when a date does not work. Shifts change; silence is what I cannot plan with.",
    "I do not write references, and I do not speak for anybody to their manager. Everything else we can try.",
    "Be honest about what you did not do. We learn more from that.",
    "",
)
CHANNELS = ("Video, mornings", "Video, Thursdays", "Phone on the way home", "In person when I am on site", "")
RHYTHMS = ((60, 4, 6), (45, 2, 3), (30, 2, 6), (60, 2, 4), (90, 4, 9))
# What comes of a request, and how often of a hundred.
OPEN_SINCE, FOREVER = 8.5, 1000
OUTCOMES = {"yes": 66, "no": 11, "silence": 10, "colleague": 3, "question": 6, "back": 4}


@dataclass(eq=False)
class Someone:
    """A person of the crowd in the plan; days count backwards from the end of the story."""

    employee: Employee
    joins: int
    mentor: bool = False
    mentee: bool = False
    leaves: int = 0
    capacity: int = 0
    offers: tuple[str, ...] = ()
    aim: Aim | None = None
    asked: set[str] = field(default_factory=set)
    busy: list[tuple[float, float]] = field(default_factory=list)
    together: list[tuple[float, float]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.employee.name


def plan_crowd(world: World, employees: list[Employee]) -> list[Someone]:
    """Who joins when, as what."""
    draw = world.story.draw
    crowd = [Someone(employee, joins=_joining_day(world)) for employee in employees]
    ranked = sorted(crowd, key=lambda one: (-one.employee.level, one.employee.number))
    for one in ranked[:MENTORS]:
        one.mentor = True
        one.joins = max(one.joins, draw.randrange(25, FIRST_DAY))
        one.capacity = draw.choices((1, 2, 3, 4), (30, 45, 20, 5))[0]
        one.offers = tuple(draw.sample(one.employee.line.skills, draw.randrange(3, 6)))
    offered = {key for one in crowd for key in one.offers}
    aims = [aim for aim in AIMS if offered & set(aim.skills)]
    seekers = [one for one in ranked[30:] if one not in ranked[:MENTORS] or draw.random() < 0.4]
    for one in draw.sample(seekers, min(MENTEES, len(seekers))):
        one.mentee = True
        one.aim = _aim_for(world, one, aims) if draw.random() < 0.93 else None
    staying_out = [one for one in crowd if not one.mentor and not one.mentee and one.joins > 60]
    for one in draw.sample(staying_out, min(LEAVERS, len(staying_out))):
        one.leaves = draw.randrange(3, 50)
    return crowd


def _joining_day(world: World) -> int:
    """Most joined in the first months; some arrive every week."""
    draw = world.story.draw
    return draw.randrange(LAST_DAY, FIRST_DAY) if draw.random() < 0.7 else draw.randrange(120, FIRST_DAY)


def _aim_for(world: World, one: Someone, aims: list[Aim]) -> Aim:
    near = [aim for aim in aims if set(aim.skills) & set(one.employee.line.skills)]
    return world.story.draw.choice(near if near and world.story.draw.random() < 0.6 else aims)


def bring_in(world: World, crowd: list[Someone]) -> None:
    """Let each of them join on their day, and say what there is to say."""
    for one in crowd:
        world.on(one.joins, come_in, one)


def come_in(world: World, one: Someone) -> None:
    """Join, say what one can, take part, set a goal."""
    draw, employee = world.story.draw, one.employee
    joining.join(world, employee)
    joining.say_who_they_are(world, employee)
    joining.say_what_they_can(world, employee, _skills_of(world, one))
    if one.mentor:
        minutes, weeks, months = draw.choice(RHYTHMS)
        joining.take_part(
            world,
            employee,
            as_mentor=True,
            as_mentee=one.mentee,
            capacity=one.capacity,
            asks_of_mentee=draw.choice(ASKS_OF_MENTEE),
            preferred_channel=draw.choice(CHANNELS),
            offer_minutes=minutes,
            offer_every_weeks=weeks,
            offer_months=months,
            waiting_list_open=draw.random() < 0.85,
        )
    elif one.mentee:
        joining.take_part(world, employee, as_mentee=True, allows_offers=draw.random() < 0.4)
    if one.aim is not None:
        by_when = joining.in_months(draw.randrange(3, 11) + one.joins // 30)
        joining.set_goal(world, one.name, one.aim, by_when=by_when, level=min(draw.choice((1, 1, 2)), 3))


def _skills_of(world: World, one: Someone) -> dict[str, tuple[int, bool]]:
    draw, level = world.story.draw, one.employee.level
    own = [key for key in draw.sample(one.employee.line.skills, 4) if key not in one.offers]
    return {key: (draw.choice((4, 4, 5)), True) for key in one.offers} | {
        key: (max(1, min(5, level + draw.choice((-1, 0, 0)))), False) for key in own
    }


def plan_requests(world: World, crowd: list[Someone]) -> None:
    """Fill the mentors' places with stretches of working together, and with what did not come to be."""
    seekers = [one for one in crowd if one.aim is not None]
    for mentor in (one for one in crowd if one.mentor):
        busy = world.story.draw.random()
        for _place in range(mentor.capacity):
            for day, days_to_answer, outcome, length in _stretches(world, mentor, busy):
                mentee = _who_asks(world, mentor, seekers, day, days_to_answer)
                if mentee is not None:
                    _plan(world, mentee, mentor, day, days_to_answer, outcome, length)


def _stretches(world: World, mentor: Someone, busy: float) -> Iterator[tuple[float, float, str, float]]:
    """What happens at one place of a mentor: the day of a request, days to its answer, what it is, days together."""
    draw = world.story.draw
    day, free_since = mentor.joins - draw.uniform(2, 10) - (1 - busy) * 40, float(mentor.joins)
    is_asked_for = draw.random() < 0.4 + busy / 2
    while is_asked_for and day > OPEN_SINCE:
        outcome = draw.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        days_to_answer = 8.2 if outcome == "silence" else draw.uniform(0.2, 4.5)
        length = draw.choices((draw.uniform(25, 80), FOREVER), (45, 55))[0] if outcome in ("yes", "question") else 0
        yield day, days_to_answer, outcome, length
        free_since = day - days_to_answer - length
        day = free_since - draw.uniform(6, 30)
    if free_since > 1 and draw.random() < 0.4:
        yield draw.uniform(0.3, min(6.8, free_since - 0.3)), FOREVER, "open", 0


def _who_asks(
    world: World, mentor: Someone, seekers: list[Someone], day: float, days_to_answer: float
) -> Someone | None:
    """Somebody who has come by then, seeks what this mentor offers, and has neither asked them nor too much open."""

    def may_ask(one: Someone) -> bool:
        free = one is not mentor and one.joins > day + 0.5 and mentor.name not in one.asked
        open_then = sum(begins >= day - days_to_answer and ends <= day for begins, ends in one.busy)
        working = sum(begins >= day > ends for begins, ends in one.together)
        return free and open_then < 2 and working < 2

    able = [one for one in seekers if may_ask(one)]
    fitting = [one for one in able if one.aim is not None and set(one.aim.skills) & set(mentor.offers)] or able
    fewest = min((len(one.asked) for one in fitting), default=0)
    choice = [one for one in fitting if len(one.asked) == fewest]
    return world.story.draw.choice(choice) if choice else None


def _plan(
    world: World, mentee: Someone, mentor: Someone, day: float, days_to_answer: float, outcome: str, length: float
) -> None:
    mentee.asked.add(mentor.name)
    mentee.busy.append((day, day - days_to_answer))
    if outcome in ("yes", "question"):
        mentee.together.append((day - days_to_answer, day - days_to_answer - length))
    world.on(day, _ask_and_go_on, mentee.name, mentor.name, outcome, days_to_answer, length)


def _ask_and_go_on(world: World, mentee: str, mentor: str, outcome: str, days_to_answer: float, length: float) -> None:
    """Ask, and let follow what comes of it. What would come after today is still open today."""
    asking.ask(world, mentee, mentor)
    pair = (mentee, mentor)
    if outcome == "no":
        world.after(days_to_answer, asking.say_not_now, *pair)
    elif outcome == "back":
        world.after(days_to_answer, asking.take_back, *pair)
    elif outcome == "colleague":
        world.after(days_to_answer, _name_somebody, *pair)
    elif outcome == "question":
        text = "What have you tried already, and what came of it?"
        answer = "I wrote a plan and showed it to nobody. Saying it aloud is what I have not tried."
        world.after(days_to_answer * 0.4, asking.ask_back, *pair, text=text)
        world.after(days_to_answer * 0.7, asking.answer_back, *pair, text=answer)
    if outcome in ("yes", "question"):
        world.after(days_to_answer, asking.say_yes, *pair)
        by = world.story.draw.choice(pair)
        world.after(days_to_answer + length, asking.stop_together, *pair, by=by)


def _name_somebody(world: World, mentee: str, mentor: str) -> None:
    """Name a colleague with the same strengths, or say not now where there is none."""
    found = asking.possible_colleagues(world, mentee, mentor)
    if found:
        asking.name_a_colleague(world, mentee, mentor, found[0])
    else:
        asking.say_not_now(world, mentee, mentor)


def wait_in_line(world: World, crowd: list[Someone], *, people: int) -> None:
    """In the last weeks some stand in line for whoever is full by then."""
    draw = world.story.draw
    waiting = draw.sample([one for one in crowd if one.aim is not None and one.joins > 45], people)
    for place, one in enumerate(waiting):
        world.on(draw.uniform(1, 34), _wait_for_somebody, one.name, place)


def _wait_for_somebody(world: World, mentee: str, place: int) -> None:
    full = asking.full_mentors(world, mentee)
    if full:
        asking.wait_for(world, mentee, full[place % len(full)])


def leave(world: World, crowd: list[Someone]) -> None:
    """Some have left Larkmoor: their accounts are closed."""
    for one in crowd:
        if one.leaves:
            world.on(one.leaves, joining.close, one.name)
