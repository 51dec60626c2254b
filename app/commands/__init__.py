"""The commands of `dragoman`, one file each. Heavy things are imported inside them, so that `--help` is quick."""
