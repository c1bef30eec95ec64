"""Rules: facts about a patient and a plan, what each rule makes of them, and what must be asked."""
