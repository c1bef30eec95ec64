"""A large clinic under load: filled, posted to, read from, its queue drained, copied, restored.

``make load`` runs it and writes ``docs/reference/load.md``. Start with ``__main__.py``.
"""
