"""Versioned forms, saved drafts and the conflict page."""
