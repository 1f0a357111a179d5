"""What the ``promodesk`` command does, one subject a file; prints, and returns the exit status."""
