"""Reminders by e-mail, and the ladder whose last step is a person."""
