"""Passkeys: a professional's own device signs them in, for this host alone (A4, T3)."""

import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people import queries, rules
from coprod.people.models import Passkey, Person, Ticket
from coprod.people.sealing import hashed, real_now
from coprod.people.services.sessions import renew_rights

_PURPOSE = "passkey"
_UNTOUCHED = {"synchronize_session": False}
# What a broken or made-up answer of a device can raise on its way through the library.
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError, EOFError)


@dataclass(frozen=True)
class Place:
    """Where a passkey is good for: the host, and the whole origin its answers must come from."""

    host: str
    origin: str


def passkey_to_add(person: Person, place: Place) -> str:
    """Answer what this person's device needs to make a passkey, as JSON; the challenge is good once."""
    import webauthn
    from webauthn.helpers import structs

    kept = [structs.PublicKeyCredentialDescriptor(id=one.credential) for one in queries.passkeys_of(person)]
    chosen = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name="Coprod",
        user_id=person.id.bytes,
        user_name=person.alias,
        challenge=_draw_challenge(person),
        authenticator_selection=chosen,
        exclude_credentials=kept,
    )
    return webauthn.options_to_json(options)


def add_passkey(person: Person, name: str, answered: str, place: Place) -> bool:
    """Keep the passkey this person's device has made; every session is dead at the next request."""
    require(rules.may_have_passkey(person))
    made = _made(person, answered, place)
    if made is None or queries.passkey(made.credential_id) is not None:
        return False
    passkey = Passkey(
        person_id=person.id,
        credential=made.credential_id,
        key=made.credential_public_key,
        count=made.sign_count,
        name=name,
        added_on=today(),
    )
    db.session.add(passkey)
    record(person, "passkey added", person)
    renew_rights(person, "passkey added", by=person)
    return True


def remove_passkey(person: Person, key: UUID) -> None:
    """Take one of this person's own passkeys away; every session is dead at the next request."""
    db.session.delete(queries.passkey_of(person, key))
    record(person, "passkey removed", person)
    renew_rights(person, "passkey removed", by=person)


def forget_all(person: Person) -> None:
    """Take all of somebody's passkeys away, as when the devices are lost or the person is erased."""
    db.session.execute(delete(Passkey).where(Passkey.person_id == person.id))


def passkey_to_use(place: Place) -> str:
    """Answer what any device needs to sign somebody in, as JSON: the same for everybody (A5)."""
    import webauthn
    from webauthn.helpers import structs

    verified = structs.UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=place.host, challenge=_draw_challenge(None), user_verification=verified
    )
    return webauthn.options_to_json(options)


def use_passkey(answered: str, place: Place) -> Person | None:
    """Answer who a device says this is; once for each challenge, and never with a count that went back."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge, credential = _challenge_in(answered), _credential_in(answered)
    spent = challenge is not None and _spend_challenge(challenge, None)
    passkey = queries.passkey(credential)
    if not spent or passkey is None or not rules.may_have_passkey(passkey.person):
        return None
    try:
        proved = webauthn.verify_authentication_response(
            credential=answered,
            expected_challenge=challenge or b"",
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=passkey.key,
            credential_current_sign_count=passkey.count,
            require_user_verification=True,
        )
    except (WebAuthnException, *_BROKEN):
        return None
    return passkey.person if _count_on(passkey, proved.new_sign_count) else None


def _made(person: Person, answered: str, place: Place) -> Any:
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge_in(answered)
    if challenge is None or not _spend_challenge(challenge, person):
        return None
    try:
        return webauthn.verify_registration_response(
            credential=answered,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, *_BROKEN):
        return None


def _draw_challenge(person: Person | None) -> bytes:
    challenge = secrets.token_bytes(32)
    kept, ends = hashed(_PURPOSE, challenge.hex()), real_now() + rules.CHALLENGE_LASTS
    db.session.add(Ticket(purpose=_PURPOSE, person_id=person.id if person else None, hash=kept, ends=ends))
    db.session.flush()
    return challenge


def _spend_challenge(challenge: bytes, person: Person | None) -> bool:
    """Take a challenge, once, and only for whom it was drawn; an answer that is sent again finds it spent."""
    now, kept = real_now(), hashed(_PURPOSE, challenge.hex())
    whose = Ticket.person_id == person.id if person else Ticket.person_id.is_(None)
    good = Ticket.purpose == _PURPOSE, Ticket.hash == kept, Ticket.used.is_(None), Ticket.ends > now, whose
    taken = update(Ticket).where(*good).values(used=now).returning(Ticket.id)
    return db.session.execute(taken, execution_options=_UNTOUCHED).scalar_one_or_none() is not None


def _count_on(passkey: Passkey, count: int) -> bool:
    """Keep the device's count, unless another answer of the same device was quicker."""
    same = update(Passkey).where(Passkey.id == passkey.id, Passkey.count == passkey.count)
    counted = same.values(count=count).returning(Passkey.id)
    return db.session.execute(counted, execution_options=_UNTOUCHED).scalar_one_or_none() is not None


def _challenge_in(answered: str) -> bytes | None:
    from webauthn.helpers import base64url_to_bytes

    try:
        said = json.loads(base64url_to_bytes(json.loads(answered)["response"]["clientDataJSON"]))
        return base64url_to_bytes(said["challenge"])
    except _BROKEN:
        return None


def _credential_in(answered: str) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    try:
        return base64url_to_bytes(json.loads(answered)["rawId"])
    except _BROKEN:
        return b""
