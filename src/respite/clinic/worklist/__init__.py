"""Who needs somebody now, and why."""
