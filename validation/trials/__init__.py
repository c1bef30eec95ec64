"""The pain model fitted to trials: one command, resumable, the same for a seed.

Start with ``jobs``, what is fitted; then ``sampling``, how; ``predictions``, what the fit expects
of every trial; and ``records``, how it enters the library.
"""
