"""Recommendations, their addressees, the obligations they open and the responses."""
