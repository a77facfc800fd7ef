"""What is done with a super-complaint, a module for each chapter."""
