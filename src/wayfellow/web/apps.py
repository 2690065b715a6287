from wayfellow.core.registry import Subject


class WebConfig(Subject):
    name = "wayfellow.web"
    label = "web"
