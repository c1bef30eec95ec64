"""A clinic of invented patients, drawn by our own engine."""
