"""One grammar a kind of fact; none knows another."""
