"""Compares the desk with a stock Rasa bot that was trained on the very same phrases."""
