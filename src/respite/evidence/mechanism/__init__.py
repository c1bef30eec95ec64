"""What ketamine takes hold of at the levels of a regimen, and for how long.

Start with ``question``, where a regimen becomes free levels and these become
occupancy; ``occupancy`` has the one formula, and ``assays`` what disagrees.
"""
