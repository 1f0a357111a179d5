"""Whatever can be sent to a running desk, sent to it: nothing may break, nobody may be met by silence, nothing may leak."""
