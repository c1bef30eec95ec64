"""Letters to other doctors, from what is on record."""
