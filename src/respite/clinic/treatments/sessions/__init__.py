"""The visits in which ketamine is given."""
