"""What changes people, their sign-ins and their sessions."""

from coprod.people.services.sessions import (
    Visit,
    begin_session,
    cookie_for,
    end_one,
    end_session,
    end_sessions_for,
    renew_rights,
    resume,
)

__all__ = [
    "Visit",
    "begin_session",
    "cookie_for",
    "end_one",
    "end_session",
    "end_sessions_for",
    "renew_rights",
    "resume",
]
