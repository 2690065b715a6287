"""What happens in a conversation."""

from wayfellow.conversations.actions.drafts import keep_letter
from wayfellow.conversations.actions.messages import delete_message, edit_message, send_message
from wayfellow.conversations.actions.reading import read_messages

__all__ = ["delete_message", "edit_message", "keep_letter", "read_messages", "send_message"]
