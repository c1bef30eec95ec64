"""Running a clinic: set up, serve, work, keep copies, look after."""
