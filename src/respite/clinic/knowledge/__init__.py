"""Pages for everybody, from the library alone: no patient, no account, no table."""
