"""Reports written by hand in the shape of report.json, for what draws them."""

from copy import deepcopy
from typing import Any

from wayfellow.impact.plan import Plan, read_plan
from wayfellow.impact.simulate import simulate

NASTY = "<script>alert(1)</script> & \"quoted\" 'so' $x$ #let *bold* \\"


def plan_for(design: str, folder, name: str = "confidence") -> Plan:
    """A plan of a made-up company, with another name for its primary outcome."""
    path = folder / "PLAN.toml"
    text = simulate(design, people=40).plan
    literal = name.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(text.replace('name = "confidence"', f'name = "{literal}"'), encoding="utf-8")
    return read_plan(path)


def outcome(name: str, kind: str, **facts: Any) -> dict[str, Any]:
    """An outcome with everything null that is not given."""
    keys = ["measure", "method", "n0", "n1", "estimate", "se", "ci", "level", "p", "p_adjusted", "mde"]
    keys += ["p_randomisation", "cace", "logrank", "ratio", "events0", "events1", "horizon", "rollout"]
    nothing = {"estimate": None, "se": None, "ci": None, "p": None, "method": None}
    filled: dict[str, Any] = {"name": name, "role": "secondary", "kind": kind, **dict.fromkeys(keys)}
    filled |= {
        "claim": "none",
        "arm0": {"mean": None},
        "arm1": {"mean": None},
        "unadjusted": nothing,
        "sensitivity": {},
    }
    return filled | facts


def comparison(name: str = "confidence") -> dict[str, Any]:
    """A comparison on rung 2 with one clear and two unclear differences."""
    wide = {"level": 0.95, "n1": 110, "n0": 220}
    plainly = {"estimate": 5.1, "se": 1.0, "ci": [3.1, 7.1], "p": 0.00001, "method": "welch"}
    outcomes = [
        outcome(
            name,
            "scale",
            role="primary",
            method="entropy",
            estimate=2.31,
            se=1.0,
            ci=[0.35, 4.27],
            p=0.021,
            claim="associated",
            arm0={"mean": 51.2, "se": 0.7},
            arm1={"mean": 53.51, "se": 0.8},
            unadjusted=plainly,
            mde=2.8,
            sensitivity={"e_value": {"point": 1.62}, "bounds": [-3.2, 8.9]},
            **wide,
        ),
        outcome(
            "promotion",
            "binary",
            estimate=0.068,
            se=0.046,
            ci=[-0.022, 0.159],
            p=0.14,
            p_adjusted=0.2,
            claim="no-clear-difference",
            arm0={"mean": 0.15},
            arm1={"mean": 0.218},
            sensitivity={"leave_one_site_out": [{"left_out": "Harbour", "estimate": 0.05}]},
            **wide,
        ),
        outcome("leaving", "time-to-event", measure="cumulative-incidence", horizon=12, **wide)
        | {"estimate": -0.02, "ci": [-0.08, 0.04], "se": 0.03, "p": 0.5, "claim": "no-clear-difference"}
        | {"arm0": {"mean": 0.1}, "arm1": {"mean": 0.08}, "logrank": {"chi2": 0.4, "p": 0.53}},
    ]
    return {
        "schema": "wayfellow-impact-report/1",
        "title": "Spring cohort",
        "plan_sha256": "a" * 64,
        "data_sha256": "b" * 64,
        "seed": 7,
        "exploratory": False,
        "plan_locked": True,
        "design": {"declared": "comparison", "rung": 2, "rung_declared": 2, "may_say": "associated", "reasons": []},
        "flow": {"rows": 341, "people": 341, "analysed": {"arm0": 220, "arm1": 110}},
        "balance": {
            "estimand": "ATT",
            "max_before": 0.62,
            "max_after": 0.0,
            "rows": [
                {"covariate": key, "column": key, "smd_before": before, "smd_after": 0.0, "status": "fine"}
                for key, before in (("grade", 0.31), ("tenure_years", -0.27), ("site=Harbour", 0.62))
            ],
        },
        "weights": {
            "method": "entropy",
            "ess_control": 141.2,
            "ess_treated": 110.0,
            "max_weight": 4.2,
            "max_share": 0.019,
        },
        "outcomes": outcomes,
        "missingness": [{"outcome": one["name"], "response_arm0": 0.78, "response_arm1": 0.87} for one in outcomes],
        "breakdown": [
            {
                "column": "site",
                "cells": [
                    {"value": "Harbour", "n0": 120, "n1": 60, "suppressed": False},
                    {"value": "Northgate", "n0": None, "n1": None, "suppressed": True},
                ],
            }
        ],
        "suppression": {"k": 5, "cells": 1},
        "refused": [{"code": "unadjusted_as_effect", "text": "The plain difference is not an effect."}],
        "warnings": [{"code": "unmeasured_confounding", "text": "What was not measured is not ruled out."}],
        "sentences": ["People in the programme had higher confidence; what was not measured is not ruled out."],
    }


def lottery() -> dict[str, Any]:
    """A lottery on rung 5 with a clear difference and nothing weighted."""
    report = comparison()
    report["design"] = {"declared": "lottery", "rung": 5, "rung_declared": 5, "may_say": "caused", "reasons": []}
    report |= {"balance": None, "weights": None, "refused": [], "warnings": [], "sentences": ["By lot."]}
    report["outcomes"][0] |= {"claim": "caused", "p_randomisation": 0.012}
    report["outcomes"][0]["cace"] = {"estimate": 2.6, "se": 1.1, "ci": [0.4, 4.8], "first_stage": 0.9}
    return report


def roll_out() -> dict[str, Any]:
    """A roll-out that fell to rung 1."""
    report = comparison()
    reason = {"code": "pretrend", "text": "Before the start, the groups already moved apart."}
    report["design"] = {"declared": "roll-out", "rung": 1, "rung_declared": 3, "may_say": "none", "reasons": [reason]}
    report |= {"balance": None, "weights": None, "outcomes": [report["outcomes"][0]], "breakdown": []}
    report["outcomes"][0] |= {"claim": "none", "sensitivity": {"honest_did": {"m_bar": 1.0, "ci": [-1.2, 5.1]}}}
    report["outcomes"][0]["rollout"] = {
        "att_gt": [{"group": 4, "period": 5, "estimate": 2.0, "se": 0.8}],
        "event_study": [{"event": at, "estimate": 0.5 * at, "se": 0.4} for at in (-2, -1, 0, 1)],
        "event_overall": {"estimate": 0.4, "se": 0.3},
        "groups": [{"group": 4, "estimate": 2.0, "se": 0.8, "n": 40}],
        "group_overall": {"estimate": 2.1},
        "pretrend_p": 0.01,
    }
    return report


def too_few() -> dict[str, Any]:
    """A report on rung 0: every figure about the data is null."""
    report = deepcopy(comparison())
    reason = {"code": "too_few_people", "text": "One group has fewer than 5 people."}
    report["design"] |= {"rung": 0, "may_say": "none", "reasons": [reason]}
    report |= {"balance": None, "weights": None, "breakdown": [], "missingness": []}
    report["flow"] = {"rows": 12, "people": 12, "analysed": {"arm0": 9, "arm1": 3}}
    report["outcomes"] = [outcome("confidence", "scale", role="primary"), outcome("promotion", "binary")]
    return report


REPORTS = {"comparison": comparison, "lottery": lottery, "roll-out": roll_out, "too-few": too_few}
