"""Verbs of the notifications room."""
