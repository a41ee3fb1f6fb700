"""The rules of the library: what the house offers, who keeps templates, and what a template may hold."""
