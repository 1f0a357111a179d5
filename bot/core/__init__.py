"""What is true of a cashback promotion whatever the technology; standard library only."""
