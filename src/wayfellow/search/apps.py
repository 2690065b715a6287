from wayfellow.core.registry import Subject


class SearchConfig(Subject):
    name = "wayfellow.search"
    label = "search"
