"""The relief picture below the map: one tile of shading of the height grid."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from geodata.tiles import height
from geodata.tiles.relief import relief_tile
from webmap.database import connection

blueprint = Blueprint("relief", __name__)
DEEPEST = 22


@blueprint.get("/tiles/relief/<int:z>/<int:x>/<int:y>.png")
def relief(z: int, x: int, y: int) -> ResponseReturnValue:
    """A 256-px PNG in XYZ order; 204 where there is no height grid, 404 outside the tile scheme."""
    if z > DEEPEST or x >= 1 << z or y >= 1 << z:
        return Response(status=404)
    with connection() as lent:
        grid = height.newest(lent)
        answer = Response(mimetype="image/png")
        answer.set_etag(f"relief-{grid}")
        # The page names the grid, so its pictures can be kept for ever.
        lasting = request.args.get("v") == str(grid)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        if answer.make_conditional(request).status_code == 304:
            return answer
        picture = relief_tile(lent, z, x, y)
    if not picture:
        answer.status_code = 204
        return answer
    answer.set_data(picture)
    return answer
