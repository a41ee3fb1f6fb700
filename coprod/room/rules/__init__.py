"""The rules of a session as it happens: who may move it on, what is on, how long is left, how warm the room was."""
