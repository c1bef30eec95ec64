"""What is watched in the long run: organs, mood, misuse; results of laboratories."""
