"""Tournaments: schedule, runner, store, ratings, report."""
