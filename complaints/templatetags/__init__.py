"""Template tags that compose the frame of a case."""
