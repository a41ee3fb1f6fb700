"""Figures measured on the real product: speed, safety, and what its pages look like."""
