"""What was given, what is planned, and the sessions in which it is given."""
