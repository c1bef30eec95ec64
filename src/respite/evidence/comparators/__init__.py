"""Other treatments of pain beside ketamine, as the literature reports them.

Start with ``table``, where figures are chosen by condition and set in order.
"""
