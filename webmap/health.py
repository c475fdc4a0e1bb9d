"""Is the process alive, and is what stands behind it ready."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from geodata.errors import Refused
from geodata.store.version import map_version
from webmap.database import connection

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers and has its tables; else 503 with the reason."""
    try:
        with connection() as lent:
            return jsonify(status="ready", version=map_version(lent))
    except Refused as refused:
        return jsonify(status="not ready", reason=str(refused)), 503
