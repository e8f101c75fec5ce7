"""The staff web: today, reading, targets, reviews. Selectors read, services write; views only join them."""
