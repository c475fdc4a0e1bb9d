"""Ask the application of the checkout in the current folder for some addresses; answers as one JSON object."""

from __future__ import annotations

import base64
import json
import os
import sys

from config import Settings
from geodata.store.database import Pool
from webmap import create_app


def main(paths: list[str]) -> None:
    """Print {path: {status, type, body (base64)}} for each path."""
    pool = Pool(os.environ["RISKMAP_DATABASE_URL"], 1)
    client = create_app(Settings(), pool).test_client()
    answers = {}
    for path in paths:
        answer = client.get(path)
        body = base64.b64encode(answer.data).decode()
        answers[path] = {"status": answer.status_code, "type": answer.mimetype, "body": body}
    pool.close()
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
