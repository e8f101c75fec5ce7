"""Values and today in, verdicts with their reasons out. Pure: no clock, no database; each assessment stands alone."""
