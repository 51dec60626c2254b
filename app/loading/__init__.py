"""Reading in at any size: documents out of sources, read by one process or many, stored by one, in their order."""
