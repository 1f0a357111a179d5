"""One file for each outside system; each satisfies a port of ``bot.services.ports``."""
