"""Made-up companies in which the effect of mentoring is known, to see what an analysis says of them."""

from wayfellow.impact.simulate.company import simulate
from wayfellow.impact.simulate.folder import people_csv, write_company
from wayfellow.impact.simulate.settings import DESIGNS, Company, Settings, SettingsRefused

__all__ = ["DESIGNS", "Company", "Settings", "SettingsRefused", "people_csv", "simulate", "write_company"]
