"""What is planned: tried side by side, checked, signed."""
