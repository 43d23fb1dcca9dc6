"""The search backends."""
