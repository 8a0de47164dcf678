"""The wholesaler's 1C: a client of the app's two channels, which takes orders and posts papers."""
