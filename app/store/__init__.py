"""The database: one JSON document an event, and the links and words to find it by."""
