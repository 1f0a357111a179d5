"""The agents' desk in the browser: one module for each area."""
