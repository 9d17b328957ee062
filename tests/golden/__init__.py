"""Transcripts of short games, compared line by line."""
