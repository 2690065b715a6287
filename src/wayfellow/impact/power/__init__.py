"""What a programme will be able to find out, before it starts."""

from wayfellow.impact.power.planning import OutcomePower, PowerReport, power
from wayfellow.impact.power.solving import achieved, minimum_detectable, needed_per_arm

__all__ = ["OutcomePower", "PowerReport", "achieved", "minimum_detectable", "needed_per_arm", "power"]
