"""The sandbox's writes: each function is one thing that the API does, in one transaction."""
