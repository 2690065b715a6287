"""The score of many at once is the score of each."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayfellow.discovery.scoring import Offer, Seeker, fit
from wayfellow.discovery.scoring_many import Offers, skill_fits, totals

LANGUAGES = st.frozensets(st.sampled_from(["en", "pt", "no"]))
SENIORITY = st.sampled_from([None, 1, 2, 3, 4, 5])
OFFER = st.builds(
    Offer,
    levels=st.dictionaries(st.integers(1, 3), st.integers(1, 5)),
    slots=st.integers(0, 2**9 - 1),
    languages=LANGUAGES,
    seniority=SENIORITY,
    free_places=st.integers(0, 4),
    is_away=st.booleans(),
    may_wait=st.booleans(),
    requests_this_month=st.integers(0, 12),
)
SEEKER = st.builds(
    Seeker,
    skills=st.dictionaries(st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(3, 5))),
    slots=st.integers(0, 2**9 - 1),
    languages=LANGUAGES,
    seniority=SENIORITY,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SEEKER, st.lists(OFFER, min_size=1, max_size=8))
def test_each_gets_the_score_they_would_get_alone(seeker, offers):
    side_by_side = Offers(
        levels={skill: np.array([offer.levels.get(skill, 0) for offer in offers]) for skill in seeker.skills},
        shared=np.array([(offer.slots & seeker.slots).bit_count() for offer in offers]),
        names_language=np.array([bool(offer.languages) for offer in offers]),
        shares_language=np.array([bool(offer.languages & seeker.languages) for offer in offers]),
        seniority=np.array([-1 if offer.seniority is None else offer.seniority for offer in offers]),
        free_places=np.array([offer.free_places for offer in offers]),
        is_away=np.array([offer.is_away for offer in offers]),
        may_wait=np.array([offer.may_wait for offer in offers]),
        requests_this_month=np.array([offer.requests_this_month for offer in offers]),
    )
    alone = [fit(seeker, offer) for offer in offers]
    assert np.allclose(totals(seeker, side_by_side), [each.total for each in alone], atol=2e-6)
    assert np.allclose(skill_fits(seeker, side_by_side), [each.skills for each in alone])
