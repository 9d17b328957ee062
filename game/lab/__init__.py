"""Headless play and measurement: runs, sweeps, par, sanity against the record, speed. Knows no window."""
