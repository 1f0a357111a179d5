"""What the desk can do: one verb and noun a file, the outside world as parameters."""
