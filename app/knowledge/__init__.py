"""Open facts: who held which office when, bodies, summits, places."""
