"""Make up a company of a design."""

from typing import Any

from wayfellow.impact.simulate.once import once
from wayfellow.impact.simulate.settings import Company, Settings
from wayfellow.impact.simulate.waves import roll_out


def simulate(design: str, *, people: int, effect: float = 0.0, seed: int = 0, **wishes: Any) -> Company:
    """Make up a company with a known effect.

    Args:
        design: `lottery`, `roll-out`, `comparison` or `before-after`.
        people: how many people.
        effect: in standard deviations of each outcome.
        seed: decides every draw; the same settings give the same company.
        wishes: the rest of `Settings`.

    Raises:
        SettingsRefused: with every value that does not fit.
    """
    settings = Settings(design=design, people=people, effect=effect, seed=seed, **wishes)
    return roll_out(settings) if design == "roll-out" else once(settings)
