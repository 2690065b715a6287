"""Whatever the numbers are: a finite figure or none, and the same one for another order of the rows."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayfellow.impact.estimates.roll_out import roll_out
from wayfellow.impact.estimates.time_to_event import difference_at_horizon

LENIENT = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def figures(value):
    """Every number of a result."""
    if dataclasses.is_dataclass(value):
        value = vars(value) if not hasattr(value, "__slots__") else dataclasses.asdict(value)
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        return [one for part in value for one in figures(part)]
    return [] if value is None or isinstance(value, str | bool) else [value]


@st.composite
def followed(draw):
    people = draw(st.integers(2, 40))
    arm = draw(st.lists(st.integers(0, 1), min_size=people, max_size=people).filter(lambda one: len(set(one)) == 2))
    moments = st.one_of(st.integers(0, 6).map(float), st.floats(0, 1e6, allow_subnormal=False))
    time = draw(st.lists(moments, min_size=people, max_size=people))
    event = draw(st.lists(st.integers(0, 2), min_size=people, max_size=people))
    return np.array(time), np.array(event), np.array(arm)


@given(
    followed(),
    st.sampled_from(["cumulative-incidence", "rmst", "hazard-ratio"]),
    st.floats(0.5, 10),
    st.booleans(),
    st.booleans(),
)
@LENIENT
def test_times_to_event(rows, measure, horizon, weighted, clustered):
    time, event, arm = rows
    people = len(time)
    options = {
        "horizon": horizon,
        "measure": measure,
        "weights": np.linspace(0.5, 2, people) if weighted else None,
        "cluster": np.arange(people) // 3 if clustered else None,
        "covariates": np.column_stack([np.arange(people) % 5, np.ones(people)]),
        "draws": 6,
    }
    found = difference_at_horizon(time, event, arm, **options)
    assert all(math.isfinite(one) for one in figures(found))
    if measure != "rmst":
        assert 0 <= found.arm0_mean <= 1 + 1e-9 and 0 <= found.arm1_mean <= 1 + 1e-9
    else:
        assert 0 <= found.arm0_mean <= horizon * (1 + 1e-9)
    if found.ci is not None:
        assert found.ci[0] <= found.estimate <= found.ci[1]
    if not weighted and not clustered:
        mixed = np.random.default_rng(0).permutation(people)
        moved = options | {"covariates": options["covariates"][mixed]}
        again = difference_at_horizon(time[mixed], event[mixed], arm[mixed], **moved)
        assert figures(again) == pytest.approx(figures(found), rel=1e-5, abs=1e-7)


@st.composite
def rolled_out(draw):
    people, periods = draw(st.integers(2, 30)), draw(st.integers(1, 5))
    starts = draw(st.lists(st.integers(0, periods + 1), min_size=people, max_size=people))
    kept = draw(st.lists(st.booleans(), min_size=people * periods, max_size=people * periods))
    values = draw(
        st.lists(
            st.one_of(st.integers(0, 3).map(float), st.just(math.nan)),
            min_size=people * periods,
            max_size=people * periods,
        )
    )
    grid = np.array([(who, when, starts[who], 0.0) for who in range(people) for when in range(1, periods + 1)])
    grid[:, 3] = values
    full = draw(st.booleans())
    rows = np.ones(len(grid), bool) if full else np.array(kept)
    return grid[rows] if rows.any() else grid


@given(
    rolled_out(),
    st.sampled_from(["never", "not-yet"]),
    st.sampled_from(["simple", "event-study"]),
    st.booleans(),
    st.booleans(),
)
@LENIENT
def test_roll_outs(rows, control_group, aggregate, covaried, clustered):
    found = roll_out(
        rows[:, 0],
        rows[:, 1].astype(int),
        rows[:, 2].astype(int),
        rows[:, 3],
        control_group=control_group,
        aggregate=aggregate,
        covariates=rows[:, :1] % 3 if covaried else None,
        cluster=rows[:, 0] // 4 if clustered else None,
    )
    assert all(math.isfinite(one) for one in figures(found))
    assert (found.estimate is None) == (found.refused is not None)
    assert all(one.estimate is None for one in found.groups if one.n is None)
