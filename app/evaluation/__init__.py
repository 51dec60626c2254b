"""How good the extraction is: gold records compared with what is found, and floors that may not be undercut."""
