"""Kills the processes of a clinic while people write, and looks whether a word was lost.

``make faults`` runs it. Start with ``__main__.py``.
"""
