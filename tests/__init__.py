"""Tests, laid out as the parts they test."""
