"""Article text to event records: pure functions of text and knowledge."""
