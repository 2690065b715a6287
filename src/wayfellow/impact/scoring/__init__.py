"""Scores of a survey's scales, and how reliable they are."""

from wayfellow.impact.scoring.instrument import Instrument, Subscale, read_instrument
from wayfellow.impact.scoring.scores import Scores, SubscaleScores, score

__all__ = ["Instrument", "Scores", "Subscale", "SubscaleScores", "read_instrument", "score"]
