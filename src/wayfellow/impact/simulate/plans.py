"""The plan that belongs to a made-up company: what its analyst would have written before the start."""

from wayfellow.impact.simulate.settings import Settings

TITLES = {
    "lottery": "Made-up company, places drawn by lot",
    "roll-out": "Made-up company, started in waves",
    "comparison": "Made-up company, whoever wanted a mentor",
    "before-after": "Made-up company, before and after",
}
COVARIATES = '["grade", "tenure_years", "appraisal", "confidence_before", {column = "site", kind = "category"}]'
CONFIDENCE = """
[[outcome]]
name = "confidence"
kind = "scale"
role = "primary"
column = "{column}"
"""
CAREER = """
[[outcome]]
name = "promotion"
kind = "binary"
column = "promoted_12m"

[[outcome]]
name = "leaving"
kind = "time-to-event"
time = "months_here"
event = "left"
horizon = 12
unit = "months"
higher_is = "worse"
"""


def plan_text(settings: Settings) -> str:
    """PLAN.toml for a company."""
    head = (
        'schema = "wayfellow-impact-plan/1"\n'
        f'title = "{TITLES[settings.design]}"\n'
        f'design = "{settings.design}"\n'
        f"seed = {settings.seed}\n"
        '\n[columns]\nid = "id"\n'
    )
    if settings.design == "roll-out":
        columns = 'period = "period"\nfirst_period = "first_period"\ncluster = "mentor"\nbreakdown = ["site"]\n'
        return head + columns + CONFIDENCE.format(column="confidence")
    confidence = CONFIDENCE.format(column="confidence_12m") + 'baseline = "confidence_before"\n'
    if settings.design == "before-after":
        return head + 'cluster = "mentor"\nbreakdown = ["site"]\n' + confidence
    if settings.design == "lottery":
        columns = 'arm = "arm"\ntook_part = "took_part"\ncluster = "mentor"\nstrata = "site"\n'
        covariates = 'covariates = ["grade", "tenure_years", "appraisal"]\n'
    else:
        columns, covariates = 'arm = "arm"\ncluster = "mentor"\nsite = "site"\n', f"covariates = {COVARIATES}\n"
    return head + columns + 'breakdown = ["site"]\n' + covariates + confidence + CAREER
