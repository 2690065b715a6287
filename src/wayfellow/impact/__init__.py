"""What a programme did: a number that can be defended, with its interval and its limits. No web framework."""

from wayfellow.impact.errors import BadInput, PlanChanged, Problem
from wayfellow.impact.plan import Plan, read_plan

__all__ = ["BadInput", "Plan", "PlanChanged", "Problem", "read_plan"]
