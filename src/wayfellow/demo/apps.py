from wayfellow.core.registry import Subject


class DemoConfig(Subject):
    name = "wayfellow.demo"
    label = "demo"
