"""What changes people, their sign-ins and their sessions."""

from coprod.people.services.accounts import (
    add_person,
    choose_name,
    first_admin,
    let_in_again,
    rename,
    set_admin,
    start_authenticator_again,
    stop_texts,
    turn_away,
)
from coprod.people.services.cards import draw_card, make_card, read_card, spend_card
from coprod.people.services.codes import ask_for_code, send_codes, spend_code
from coprod.people.services.links import by_link, draw_link, forget_links, spend_links
from coprod.people.services.passkeys import (
    Place,
    add_passkey,
    passkey_to_add,
    passkey_to_use,
    remove_passkey,
    use_passkey,
)
from coprod.people.services.second_step import Passed, authenticator_address, begin_step, new_secret, pass_step
from coprod.people.services.sessions import (
    Visit,
    begin_session,
    cookie_for,
    end_one,
    end_others,
    end_session,
    end_sessions_for,
    renew_rights,
    resume,
)
from coprod.people.services.set_up import forget_set_up_secret, set_up_secret, words_are_right
from coprod.people.services.throttle import within_limits

__all__ = [
    "Passed",
    "Place",
    "Visit",
    "add_passkey",
    "add_person",
    "ask_for_code",
    "authenticator_address",
    "begin_session",
    "begin_step",
    "by_link",
    "choose_name",
    "cookie_for",
    "draw_card",
    "draw_link",
    "end_one",
    "end_others",
    "end_session",
    "end_sessions_for",
    "first_admin",
    "forget_links",
    "forget_set_up_secret",
    "let_in_again",
    "make_card",
    "new_secret",
    "pass_step",
    "passkey_to_add",
    "passkey_to_use",
    "read_card",
    "remove_passkey",
    "rename",
    "renew_rights",
    "resume",
    "send_codes",
    "set_admin",
    "set_up_secret",
    "spend_card",
    "spend_code",
    "spend_links",
    "start_authenticator_again",
    "stop_texts",
    "turn_away",
    "use_passkey",
    "within_limits",
    "words_are_right",
]
