from wayfellow.core.registry import Subject


class NotificationsConfig(Subject):
    name = "wayfellow.notifications"
    label = "notifications"
