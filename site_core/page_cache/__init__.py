"""How a rendered page reaches a visitor."""
