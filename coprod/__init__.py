"""The co-production platform."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import refuse_to_start, settings
from coprod.actions.views import bp as actions
from coprod.agreements.views import bp as agreements
from coprod.core import assets, db, headers, mail, web, words
from coprod.cycles.views import bp as cycles
from coprod.home.views import bp as home
from coprod.outcomes.views import bp as outcomes
from coprod.people.views import bp as people
from coprod.pilots.views import bp as pilots
from coprod.principles.views import bp as principles
from coprod.programmes.views import bp as programmes
from coprod.public_record.views import bp as public_record
from coprod.recommendations.views import bp as recommendations
from coprod.steering.views import bp as steering
from coprod.threads.views import bp as threads
from coprod.voting.views import bp as voting
from coprod.workstreams.views import bp as workstreams

ROOT = Path(__file__).parent.parent
FEATURES = (
    people,
    programmes,
    principles,
    workstreams,
    public_record,
    agreements,
    cycles,
    voting,
    recommendations,
    outcomes,
    actions,
    steering,
    pilots,
    threads,
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
    for part in (db, headers, web, words, assets, mail):
        part.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    return app
