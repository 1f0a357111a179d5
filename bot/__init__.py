"""Promo Desk: answers cashback customers with approved words and with their own claim.

Imports point one way: ``__main__ → web | inside_rasa → bootstrap → adapters | matching | config → services → core``.
"""
