"""What is watched in people who are given ketamine again and again, and when it is due."""
