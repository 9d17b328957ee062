"""Tests of the balance report."""
