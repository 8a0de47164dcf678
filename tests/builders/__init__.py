"""Typed factory functions: what tests of every room begin with."""
