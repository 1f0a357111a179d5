"""How long the answer assistant takes for a customer's whole mail, over HTTP."""
