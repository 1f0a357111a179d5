"""What the whole desk bears: many customers at once, many messages one after the other, and large databases."""
