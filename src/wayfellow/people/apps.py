from wayfellow.core.registry import Subject


class PeopleConfig(Subject):
    name = "wayfellow.people"
    label = "people"
