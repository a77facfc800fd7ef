"""Template tags by which pages of lower rooms say who leads cases."""
