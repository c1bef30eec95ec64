"""Advice on plans: what might be proposed, plans side by side, and what a clinician rules."""
