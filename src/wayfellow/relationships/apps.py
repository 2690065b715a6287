from wayfellow.core.registry import Subject


class RelationshipsConfig(Subject):
    name = "wayfellow.relationships"
    label = "relationships"
