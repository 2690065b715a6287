"""Checks of the proofs that are not prices, each written apart from the objective that it checks."""
