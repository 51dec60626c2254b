"""Dragoman: who met whom, when, where, and what did they commit to."""
