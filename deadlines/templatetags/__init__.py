"""Template tags by which pages of lower rooms show clocks."""
