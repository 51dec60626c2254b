"""The words of Chinese."""
