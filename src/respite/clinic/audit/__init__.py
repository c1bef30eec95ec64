"""Who read or wrote what, and when: a chain of events that nobody can change unseen."""
