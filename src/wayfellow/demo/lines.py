"""The eleven business lines of Larkmoor: what people are called there, what they can do and what they seek."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A business line.

    Attributes:
        titles: job titles from starting out to leading leaders, five of them.
        skills: keys of starter skills that people have there.
        function: as a profile says it.
    """

    name: str
    titles: tuple[str, str, str, str, str]
    skills: tuple[str, ...]
    function: str


def _line(name: str, function: str, titles: str, skills: str) -> Line:
    one, two, three, four, five = titles.split(", ")
    return Line(name, (one, two, three, four, five), tuple(skills.split()), function)


LINES = (
    _line(
        "Grid operations",
        "operations",
        "Control room assistant, Grid analyst, Senior grid engineer, Control room lead, Head of grid operations",
        "handling-incidents data-analysis data-for-decisions running-systems planning-shifts fault-finding-on-site "
        "showing-data writing-clearly",
    ),
    _line(
        "Networks",
        "operations",
        "Field technician, Network technician, Senior network engineer, Crew lead, Head of networks",
        "leading-a-crew safety-on-site maintenance-planning fault-finding-on-site permits-and-procedures "
        "engineering-design planning-shifts handing-over",
    ),
    _line(
        "Water",
        "operations",
        "Plant operator, Water quality analyst, Senior process engineer, Plant lead, Head of water",
        "quality-control safety-on-site improving-processes maintenance-planning data-analysis leading-a-crew "
        "working-with-communities handling-incidents",
    ),
    _line(
        "Billing",
        "finance",
        "Billing assistant, Billing analyst, Senior billing specialist, Billing team lead, Head of billing",
        "spreadsheets complaints improving-processes data-analysis financial-controls customer-service automating-work "
        "writing-briefs",
    ),
    _line(
        "Customer tools",
        "product",
        "Junior product designer, Product designer, Senior developer, Product lead, Director of customer tools",
        "discovery-interviews writing-briefs roadmaps usability-testing interface-design programming product-metrics "
        "prioritising product-strategy",
    ),
    _line(
        "Customer service",
        "customer_service",
        "Service adviser, Case handler, Senior case handler, Service team lead, Head of customer service",
        "customer-service complaints difficult-conversations listening stakeholder-conversations leading-a-team "
        "coaching writing-clearly",
    ),
    _line(
        "Field products",
        "product",
        "Product assistant, Product analyst, Senior product manager, Lead for field products, "
        "Director of field products",
        "writing-briefs discovery-interviews prototyping testing-an-idea roadmaps agile-delivery presenting "
        "prioritising",
    ),
    _line(
        "Service design",
        "design",
        "Research assistant, Service designer, Senior service designer, Design lead, Director of service design",
        "service-design qualitative-research facilitating stakeholder-conversations accessibility prototyping "
        "storytelling discovery-interviews",
    ),
    _line(
        "Finance",
        "finance",
        "Finance assistant, Management accountant, Senior accountant, Finance lead, Finance director",
        "budgeting forecasting business-cases reading-accounts cost-control procurement investment-appraisal "
        "stakeholder-conversations",
    ),
    _line(
        "People and learning",
        "human_resources",
        "People assistant, Learning partner, Senior people partner, Learning lead, Director of people",
        "hiring coaching career-conversations facilitating giving-feedback designing-courses inclusive-leadership "
        "difficult-conversations",
    ),
    _line(
        "Safety",
        "quality",
        "Safety assistant, Safety adviser, Senior safety adviser, Safety lead, Director of safety",
        "safety-on-site managing-risk handling-incidents permits-and-procedures learning-from-projects speaking-up "
        "leading-change governance",
    ),
)

BY_NAME = {line.name: line for line in LINES}


@dataclass(frozen=True)
class Aim:
    """A goal that somebody may have.

    Attributes:
        title, why, sign, obstacle, if_moment, then_act: its words.
        skills: keys of the starter skills it asks for.
        ask: what one would ask of a mentor for it.
    """

    title: str
    why: str
    sign: str
    skills: tuple[str, ...]
    ask: str
    obstacle: str = "The week fills up before I get to it."
    if_moment: str = "my calendar is full by Wednesday"
    then_act: str = "I keep the first half-hour of Friday for it, whatever comes"


AIMS = (
    Aim(
        "Lead my first crew safely and fairly",
        "I know the work, but not yet how to be the one who answers for it.",
        "The crew asks me back after the winter plan, and nobody was hurt.",
        ("leading-a-crew", "safety-on-site"),
        "Walk me through your first month with a new crew, and tell me what you would do otherwise today.",
    ),
    Aim(
        "Become a crew lead within a year",
        "Three of my leads retire soon, and I would like to be ready when a place is free.",
        "I run two shutdowns as deputy, and my lead puts me forward.",
        ("leading-a-crew", "planning-shifts"),
        "Look at my shift plan with me once a month and ask the questions a lead would ask.",
    ),
    Aim(
        "Write briefs that a team can build from",
        "My papers come back with the same questions each time.",
        "Two briefs go into work without a second round.",
        ("writing-briefs", "prioritising"),
        "Read one brief of mine and mark every line that nobody needs.",
    ),
    Aim(
        "Move from operations into product work",
        "I see every day what our tools get wrong, and I would like to repair it.",
        "I own one small change from first talk to release.",
        ("discovery-interviews", "writing-briefs"),
        "Help me to plan five talks with users, and listen to one of them afterwards.",
    ),
    Aim(
        "Hold difficult conversations without putting them off",
        "I wait too long, and then it is harder for everybody.",
        "I have had the two talks I avoid now, and both people still come to me.",
        ("difficult-conversations", "giving-feedback"),
        "Let me rehearse a talk with you, and be as awkward as the real person.",
    ),
    Aim(
        "Speak so that the board can decide",
        "My figures are right and nobody acts on them.",
        "A decision is taken on my paper in the meeting it is made for.",
        ("presenting", "stakeholder-conversations"),
        "Sit through one rehearsal and stop me where you would stop listening.",
    ),
    Aim(
        "Turn our outage data into decisions",
        "We collect everything and look at it too late.",
        "Two lines change a plan because of a page I keep up.",
        ("data-for-decisions", "showing-data"),
        "Tell me which three numbers you would look at on a Monday, and why the others can wait.",
    ),
    Aim(
        "Run my first project with suppliers",
        "I have always been inside the project, never the one who holds it.",
        "The pilot is handed over on the day we said.",
        ("planning-projects", "managing-suppliers"),
        "Look at my plan before it starts and tell me what you would be nervous about.",
    ),
    Aim(
        "Become a manager people like to work for",
        "I was made a lead for my knowledge, and nobody showed me the rest.",
        "Nobody on my team is surprised by what I tell them in their review.",
        ("leading-a-team", "one-to-ones"),
        "Talk with me about one real situation of my week, each time.",
    ),
    Aim(
        "Make a business case that stands",
        "Good ideas of ours die on the question what they cost.",
        "One case of mine is funded, and its figures are right a year on.",
        ("business-cases", "forecasting"),
        "Take my draft apart as the finance committee would.",
    ),
    Aim(
        "Find my way after parental leave",
        "The team and the tools have changed, and so have I.",
        "I have a role that I chose, not one that was left over.",
        ("returning-to-work", "career-conversations"),
        "Tell me how you came back, and what you asked for that you did not dare to ask at first.",
    ),
    Aim(
        "Design services with the people who use them",
        "We ask customers at the end, when nothing can change any more.",
        "One service is changed by what ten customers told us at the start.",
        ("service-design", "qualitative-research"),
        "Come along to one workshop of mine and tell me afterwards what I did not hear.",
    ),
    Aim(
        "Say no without losing goodwill",
        "I say yes to everything and do half of it well.",
        "Three things leave my list, and the people who asked for them still ask me.",
        ("saying-no", "managing-time"),
        "Go through one week of mine and ask me why each thing is on it.",
    ),
)
AIM_BY_SKILL = {aim.skills[0]: aim for aim in AIMS}
