"""What is typed about reports and releases."""
