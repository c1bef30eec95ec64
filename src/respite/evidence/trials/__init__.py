"""What trials and cohorts saw, figure by figure, each with its source."""
