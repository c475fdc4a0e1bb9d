"""Problem answers by RFC 9457: what is wrong, where, and how to mend it. Outside the API a page says the same."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from geodata.errors import BadRequest, NotFound, Refused, Unavailable
from webmap.failure_page import failure_page

MEDIA_TYPE = "application/problem+json"

#: The first class that fits decides.
STATUS = ((NotFound, 404), (BadRequest, 400), (Unavailable, 503), (Refused, 400))


def install(app: Flask) -> None:
    """Answer refusals of geodata and HTTP errors: in the API as problems, on pages as a page."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)


def problem(status: int, detail: str, where: str = "", mend: str = "") -> Response:
    """One problem answer."""
    members = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
        "instance": request.path,
    }  # fmt: skip
    if where:
        members["where"] = where
    if mend:
        members["mend"] = mend
    return Response(json.dumps(members), status, mimetype=MEDIA_TYPE)


def _refused(error: Refused) -> Response:
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    if not _in_api():
        # Where a database stands is not for every reader's eyes.
        return failure_page(status, error.what, error.mend)
    return problem(status, error.what, error.where, error.mend)


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if not _in_api():
        # Werkzeug's own sentences are English and tell a reader nothing; those of our views are worth showing.
        ours = error.code == 400 and error.description != type(error).description
        return failure_page(error.code, error.description or "" if ours else "")
    answer = problem(error.code, _SAID.get(error.code, error.description or ""))
    if error.code == 405:
        answer.headers["Allow"] = dict(error.get_headers()).get("Allow", "GET")
    return answer


def _in_api() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


_SAID = {
    404: "没有这个地址",
    405: "这个地址只能读取（GET）",
    406: "没有所要的格式，这里的答复是 JSON",
    500: "服务器内部出错，错误已写入日志",
}
