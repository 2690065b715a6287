from wayfellow.core.registry import Subject


class SafetyConfig(Subject):
    name = "wayfellow.safety"
    label = "safety"
