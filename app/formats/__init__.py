"""Records in other formats: iterables of JSON records in, chunks of bytes out. No web, no database."""
