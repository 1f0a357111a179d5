"""Measurements of the desk, each one command; they take their time and belong on a quiet machine."""
