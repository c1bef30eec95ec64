"""Tags of the pages for everybody."""
