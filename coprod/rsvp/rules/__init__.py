"""The rules of who comes: who is asked until when, when a reminder is due, and what is to be arranged."""
