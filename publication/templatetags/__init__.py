"""What other rooms’ pages show of a report."""
