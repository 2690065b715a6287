from wayfellow.core.registry import Subject


class ProgrammesConfig(Subject):
    name = "wayfellow.programmes"
    label = "programmes"
