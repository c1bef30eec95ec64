"""Whether past forecasts came true. Start with ``log_line``, then ``scoring``."""
