"""What patients write: pain, relief, unwanted effects."""
