from wayfellow.discovery.queries.cards import Card, cards, recommended
from wayfellow.discovery.queries.find import Wanted, find, marked, one, recommendations
from wayfellow.discovery.queries.mentees import mentees_for, my_network_enrolment, seeking
from wayfellow.discovery.queries.reader import Reader, read_reader

__all__ = [
    "Card",
    "Reader",
    "Wanted",
    "cards",
    "find",
    "marked",
    "mentees_for",
    "my_network_enrolment",
    "one",
    "read_reader",
    "recommendations",
    "recommended",
    "seeking",
]
