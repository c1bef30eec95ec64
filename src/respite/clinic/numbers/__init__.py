"""The clinic's own numbers, and what leaves it: exports."""
