from wayfellow.core.registry import Subject


class SurveysConfig(Subject):
    name = "wayfellow.surveys"
    label = "surveys"
