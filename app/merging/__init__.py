"""Which readouts speak of the same occurrence, and what event they make together. Pure: no database, clock, chance."""
