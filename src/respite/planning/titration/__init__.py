"""The next step: how ketamine is begun, raised, capped and ended, and what a record asks for."""
