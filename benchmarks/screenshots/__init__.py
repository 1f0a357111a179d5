"""Pictures of the page and the chat, made in a real browser from a running desk."""
