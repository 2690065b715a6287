from wayfellow.core.registry import Subject


class DiscoveryConfig(Subject):
    name = "wayfellow.discovery"
    label = "discovery"
