"""What yields articles."""
