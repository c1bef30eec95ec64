"""The work of one patient on other pages."""
