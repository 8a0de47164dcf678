"""The accounting system: what it says, whatever the format, and what the shop tells it."""
