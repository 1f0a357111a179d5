"""From a customer's text to ranked answers and typed details; knows no Rasa."""
