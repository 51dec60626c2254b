"""Where articles come from: each module yields `Article`, and a `SourceError` for what it cannot read."""
