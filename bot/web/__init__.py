"""The gateway: parse a request, call one service, render its result."""
