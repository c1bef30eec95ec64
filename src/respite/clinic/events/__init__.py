"""Unwanted effects on record: what happened, how grave, whether from ketamine; reports."""
