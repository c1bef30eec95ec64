"""Messages between a patient and the clinic: one thread for each patient."""
