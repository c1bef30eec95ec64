"""How long relief will last, worked out anew after each entry, and shown once released."""
