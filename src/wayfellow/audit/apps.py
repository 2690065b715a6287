from wayfellow.core.registry import Subject


class AuditConfig(Subject):
    name = "wayfellow.audit"
    label = "audit"
