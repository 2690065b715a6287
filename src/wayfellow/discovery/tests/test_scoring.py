from hypothesis import given
from hypothesis import strategies as st

from wayfellow.discovery.scoring import Offer, Seeker, fit

SEEKER = Seeker(skills={1: (1, 3), 2: (2, 4)}, slots=0b111111, languages=frozenset({"pt", "en"}), seniority=2)
IDEAL = Offer(levels={1: 4, 2: 4}, slots=0b111111, languages=frozenset({"pt"}), seniority=3, free_places=2)


def test_the_ideal_mentor_scores_one():
    assert fit(SEEKER, IDEAL).total == 1.0


def test_nothing_in_common_scores_nothing():
    away = Offer(languages=frozenset({"de"}), seniority=1, is_away=True)
    assert fit(SEEKER, away).total <= 0.03


def test_skills_count_for_half_and_time_for_a_quarter():
    assert fit(SEEKER, IDEAL).total - fit(SEEKER, Offer(**{**vars(IDEAL), "levels": {}})).total == 0.5
    assert fit(SEEKER, IDEAL).total - fit(SEEKER, Offer(**{**vars(IDEAL), "slots": 0})).total == 0.25


def test_a_mentor_one_step_ahead_counts_half_for_the_skill():
    assert fit(Seeker(skills={1: (1, 4)}), Offer(levels={1: 2})).skills == 0.5
    assert fit(Seeker(skills={1: (3, 4)}), Offer(levels={1: 3})).skills == 0


def test_many_requests_cost_a_little_and_never_more_than_a_tenth():
    calm = fit(SEEKER, IDEAL).total
    assert fit(SEEKER, Offer(**{**vars(IDEAL), "requests_this_month": 3})).total == calm
    assert fit(SEEKER, Offer(**{**vars(IDEAL), "requests_this_month": 5})).total == calm - 0.04
    assert fit(SEEKER, Offer(**{**vars(IDEAL), "requests_this_month": 500})).total == calm - 0.1


@given(
    st.dictionaries(st.integers(1, 9), st.integers(1, 5)),
    st.integers(min_value=0, max_value=(1 << 336) - 1),
    st.sampled_from([None, 1, 2, 3, 4, 5]),
    st.integers(0, 8),
    st.integers(0, 50),
)
def test_scores_stay_in_bounds(levels, slots, seniority, places, requests):
    offer = Offer(levels=levels, slots=slots, seniority=seniority, free_places=places, requests_this_month=requests)
    assert -0.1 <= fit(SEEKER, offer).total <= 1.0
