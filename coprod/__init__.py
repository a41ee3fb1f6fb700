"""The co-production platform."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import refuse_to_start, settings
from coprod.action_import.views import bp as action_import
from coprod.action_log.views import bp as action_log
from coprod.actions.views import bp as actions
from coprod.administration.views import bp as administration
from coprod.agreements.views import bp as agreements
from coprod.areas.views import bp as areas
from coprod.assistance.views import bp as assistance
from coprod.contacts.views import bp as contacts
from coprod.core import assets, db, form_cookie, headers, mail, web, words
from coprod.cycles.views import bp as cycles
from coprod.evidence.views import bp as evidence
from coprod.files.views import bp as files
from coprod.gatherings.views import bp as gatherings
from coprod.handovers.views import bp as handovers
from coprod.history.views import bp as history
from coprod.home.views import bp as home
from coprod.interests.views import bp as interests
from coprod.library.views import bp as library
from coprod.messages.views import bp as messages
from coprod.my_data.views import bp as my_data
from coprod.needs.views import bp as needs
from coprod.notes.views import bp as notes
from coprod.outcomes.views import bp as outcomes
from coprod.outputs.views import bp as outputs
from coprod.packs.views import bp as packs
from coprod.parity.views import bp as parity
from coprod.payments.views import bp as payments
from coprod.people.views import bp as people
from coprod.pilots.views import bp as pilots
from coprod.principles.views import bp as principles
from coprod.programmes.views import bp as programmes
from coprod.public_record.views import bp as public_record
from coprod.recommendations.views import bp as recommendations
from coprod.retention.views import bp as retention
from coprod.risks.views import bp as risks
from coprod.room.views import bp as room
from coprod.rsvp.views import bp as rsvp
from coprod.safeguarding.views import bp as safeguarding
from coprod.stages.views import bp as stages
from coprod.statements.views import bp as statements
from coprod.steering.views import bp as steering
from coprod.stories.views import bp as stories
from coprod.supporters.views import bp as supporters
from coprod.theories.views import bp as theories
from coprod.threads.views import bp as threads
from coprod.tracker.views import bp as tracker
from coprod.voting.views import bp as voting
from coprod.wellbeing.views import bp as wellbeing
from coprod.workstreams.views import bp as workstreams

ROOT = Path(__file__).parent.parent
FEATURES = (
    people,
    messages,
    programmes,
    workstreams,
    interests,
    contacts,
    principles,
    public_record,
    agreements,
    needs,
    library,
    cycles,
    gatherings,
    areas,
    supporters,
    rsvp,
    wellbeing,
    voting,
    statements,
    files,
    evidence,
    recommendations,
    outcomes,
    outputs,
    actions,
    risks,
    notes,
    room,
    packs,
    parity,
    steering,
    action_log,
    action_import,
    pilots,
    theories,
    stories,
    tracker,
    stages,
    handovers,
    threads,
    payments,
    assistance,
    safeguarding,
    history,
    my_data,
    retention,
    administration,
    home,
)


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """Build the application from these settings, or from the environment's."""
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_mapping(config or settings())
    refuse_to_start(app.config)
    app.jinja_options = {"undefined": StrictUndefined}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    for part in (db, form_cookie, headers, web, words, assets, mail):
        part.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    return app
