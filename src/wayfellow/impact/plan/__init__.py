"""Plans: what is measured, on whom and how, written before the data is looked at."""

from wayfellow.impact.plan.lock import lock_plan
from wayfellow.impact.plan.model import Analysis, Columns, Covariate, Expect, Outcome, Plan
from wayfellow.impact.plan.reading import read_plan

__all__ = ["Analysis", "Columns", "Covariate", "Expect", "Outcome", "Plan", "lock_plan", "read_plan"]
