"""What goes between a clinic and its patients: messages, and reminders with a ladder."""
