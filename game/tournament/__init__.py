"""Tournaments of strategies: schedule, runner, store, ratings and report.

A tournament plays the same seeds under every rotation of seats. Each game is kept under a key of its own, so a run that
was killed goes on where it was and a finished one does nothing.
"""
