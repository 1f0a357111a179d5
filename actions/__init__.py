"""Rasa's custom actions: slots in, one service called, reply out."""
