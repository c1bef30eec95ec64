"""Clinics, the people who may sign in, and how they prove who they are."""
