"""What anybody may read about ketamine and pain, topic by topic, with the source of every claim.

Each topic has two faces: plain words for patients, and every number for clinicians. Start with
``sourced.py``, then ``telling.py``.
"""
