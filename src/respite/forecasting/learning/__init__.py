"""What a diary teaches about one person: draws that fit it.

Start with ``posterior``; then ``search``, round by round, and what it is made
of: ``random_effects``, ``laplace``, ``proposal``, ``importance``.
"""
