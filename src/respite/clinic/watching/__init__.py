"""What those who run a clinic's computers see of it: health, measures, a line for each request."""
