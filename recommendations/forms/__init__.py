"""Forms of the recommendations room."""
