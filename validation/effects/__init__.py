"""The fit of the model of acute effects to what studies saw, each left out in turn."""
