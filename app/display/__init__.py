"""Records in the language of who reads them: names and titles, made from values and not translated."""
