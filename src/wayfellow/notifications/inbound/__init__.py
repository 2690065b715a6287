"""Mail that comes in: answers to our mails, and calendars' answers to invitations.

A job reads one mailbox (`mailbox`), takes each mail apart (`incoming`), finds out whose it is and for whom
(`handling`), and gives it to the subject that asked for its kind in `apps.py` (`registry.InboundHandler`). Addresses to
answer to are made by `make_reply_address`.
"""
