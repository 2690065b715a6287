from wayfellow.core.registry import Subject


class JobsConfig(Subject):
    name = "wayfellow.jobs"
    label = "jobs"
