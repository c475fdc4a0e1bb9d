"""Protection until there are accounts: host, origin, start token, forwarded requests."""

from __future__ import annotations

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient

from config import Settings
from geodata.errors import Refused
from webmap.protection import is_loopback, may_write, protect, refuse_outside, writes

TOKEN = "an-invented-token-for-tests"


@pytest.fixture
def client() -> FlaskClient:
    """A client of an application with one page to read, one form and one place to write."""
    app = Flask(__name__)
    protect(app, Settings(port=8123), TOKEN)

    @app.get("/")
    def read() -> object:
        return jsonify(may_write=may_write())

    @app.get("/form")
    @writes
    def form() -> object:
        return jsonify(form=True)

    @app.route("/", methods=["POST", "PUT", "PATCH", "DELETE"])
    def write() -> object:
        return jsonify(written=True)

    return app.test_client()


def enter(client: FlaskClient) -> None:
    """Open the link that serve prints."""
    assert client.get(f"/?token={TOKEN}").status_code == 303


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8123", "localhost:8123", "[::1]:8123", "127.8.9.10"])
def test_this_machines_own_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8123", "127.0.0.1.evil.example", "10.0.0.5", "", "[::2]"]
)
def test_another_name_that_leads_here_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_needs_the_token(client: FlaskClient, method: str) -> None:
    assert client.open("/", method=method).status_code == 403
    assert client.get("/form").status_code == 403
    enter(client)
    assert client.open("/", method=method).status_code == 200
    assert client.get("/form").status_code == 200


def test_a_program_sends_the_token_as_bearer(client: FlaskClient) -> None:
    assert client.post("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.post("/", headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.post("/", headers={"Authorization": "Bearer 错"}).status_code == 403


def test_the_link_becomes_a_cookie_and_leaves_the_address(client: FlaskClient) -> None:
    answer = client.get(f"/?lang=en&token={TOKEN}&q=a%26b")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?lang=en&q=a%26b")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("riskmap_start_8123=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/").get_json() == {"may_write": True}


def test_a_double_slash_in_the_link_does_not_lead_to_another_site(client: FlaskClient) -> None:
    answer = client.get(f"/?token={TOKEN}", environ_overrides={"PATH_INFO": "//evil.example/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/evil.example/")


def test_a_link_of_an_earlier_start_says_so(client: FlaskClient) -> None:
    answer = client.get("/?token=yesterday")
    assert answer.status_code == 403
    assert "最近一次启动" in answer.get_json(force=True)["detail"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via"])
def test_a_forwarded_request_reads_but_never_writes(client: FlaskClient, header: str) -> None:
    enter(client)
    assert client.get("/", headers={header: "10.0.0.5"}).get_json() == {"may_write": False}
    assert client.get("/form", headers={header: "10.0.0.5"}).status_code == 403
    assert client.post("/", headers={header: "10.0.0.5"}).status_code == 403
    assert client.get(f"/?token={TOKEN}", headers={header: "10.0.0.5"}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example", "http://localhost:1"])
def test_another_sites_page_is_refused_even_with_the_cookie(client: FlaskClient, origin: str) -> None:
    enter(client)
    assert client.post("/", headers={"Origin": origin}).status_code == 403
    assert client.get("/", headers={"Origin": origin}).status_code == 403


def test_our_own_page_may(client: FlaskClient) -> None:
    enter(client)
    headers = {"Host": "127.0.0.1:8123", "Origin": "http://127.0.0.1:8123", "Authorization": f"Bearer {TOKEN}"}
    assert client.post("/", headers=headers).status_code == 200
    assert client.post("/", headers=headers | {"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_without_a_token_nobody_writes() -> None:
    app = Flask(__name__)
    protect(app, Settings(), None)
    app.post("/")(lambda: "written")
    for authorization in ("Bearer None", "Bearer ", ""):
        assert app.test_client().post("/", headers={"Authorization": authorization}).status_code == 403


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "bureau.local", "localhost.evil.example", "127.1.evil"]
)
def test_an_address_that_others_reach_is_refused(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(Refused, match="RISKMAP_HOST"):
        refuse_outside(Settings(host=host))


def test_login_is_refused_while_there_are_no_accounts() -> None:
    with pytest.raises(Refused, match="RISKMAP_ACCESS"):
        refuse_outside(Settings(access="login"))
    refuse_outside(Settings())
