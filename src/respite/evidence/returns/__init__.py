"""When pain returned in a group that was seen at visits, from what the clinic wrote down.

No model comes into it. Start with ``question``, where a table of visits
becomes one answer; then ``group``, ``curve`` and ``turnbull``.
"""
