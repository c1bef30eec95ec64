"""What is told of what a diary taught. Start with ``what_was_learnt``."""
