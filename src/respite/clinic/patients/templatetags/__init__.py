"""Words that pages about a patient ask for."""
