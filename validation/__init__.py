"""Scripts that compare with trials, or calibrate; none is part of a check."""
