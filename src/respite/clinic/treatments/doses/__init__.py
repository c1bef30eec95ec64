"""What was given before a plan of ours, and in its sessions."""
