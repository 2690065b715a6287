from wayfellow.core.registry import Subject


class ConversationsConfig(Subject):
    name = "wayfellow.conversations"
    label = "conversations"
