"""What Rasa loads by dotted path; the only package that imports Rasa."""
