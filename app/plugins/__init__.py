"""What is optional; nobody but the wiring imports these."""
