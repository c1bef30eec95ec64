"""Several plans tried on the same people: side by side, or one thing varied at a time.

Start with ``window``, where every plan is followed to the same day.
"""
