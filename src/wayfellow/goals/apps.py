from wayfellow.core.registry import Subject


class GoalsConfig(Subject):
    name = "wayfellow.goals"
    label = "goals"
