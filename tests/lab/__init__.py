"""Headless runs and measurement."""
