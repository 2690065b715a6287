"""Least-cost flows, level by level: the network of a cohort, the solver, prices that prove a flow, and ties."""
