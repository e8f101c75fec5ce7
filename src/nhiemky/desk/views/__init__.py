"""The desk's views, one file a screen: read through selectors, write through services, nothing else."""
