"""The blueprint all pages about recommendations hang on."""

from flask import Blueprint
from flask_login import current_user

bp = Blueprint("recommendations", __name__, url_prefix="/recommendations")


@bp.context_processor
def _all_of_them() -> dict[str, str]:
    """Call the list of them what the way to it is called: members' pages say it in plain words."""
    is_hers = current_user.is_authenticated and current_user.is_lived
    return {"all_of_them": "What we ask for" if is_hers else "Recommendations"}
