"""Pages of the recommendations room."""
