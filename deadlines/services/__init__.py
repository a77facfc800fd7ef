"""Verbs of the deadlines room."""
