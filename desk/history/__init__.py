"""History that others made: facts from public sources, entered by one verb."""
