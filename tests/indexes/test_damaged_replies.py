"""Readers meet damaged, foreign and oddly typed replies: they say could-not-check or what they can, and never raise."""

import json
import random

import pytest
from recorded import FOLDER, READERS, recorded_replies

from alsu_kg.model.exchange import Response

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")
ODD_VALUES: tuple[object, ...] = (
    None,
    1,
    "x",
    [],
    {},
    True,
    -5,
    1.5,
    "<i>",
    [None],
    {"a": 1},
    "2020-13-45",
    "10.1/",
    "é",
)
SMALL = [reply for reply in recorded_replies() if len(reply.response.body) < 30_000]


def ok(body: bytes) -> Response:
    return Response(url="u", status=200, body=body)


def mutated(value: object, chance: random.Random) -> object:
    """Change, drop or replace parts of a JSON value."""
    if chance.random() < 0.03:
        return chance.choice(ODD_VALUES)
    if isinstance(value, dict):
        return {key: mutated(item, chance) for key, item in value.items() if chance.random() > 0.02}
    return [mutated(item, chance) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(3))
def test_changed_replies_are_read_without_an_error(seed: int) -> None:
    chance = random.Random(seed)
    for reply in SMALL:
        body = reply.response.body
        cut = chance.randrange(max(1, len(body)))
        reply.read(ok(body[:cut]))
        reply.read(ok(body[:cut] + body[cut + chance.randrange(1, 200) :]))
        if reply.file.endswith(".json"):
            reply.read(ok(json.dumps(mutated(json.loads(body), chance)).encode()))


def test_replies_of_other_services_are_read_without_an_error() -> None:
    for _, read in READERS:
        for reply in SMALL[::7]:
            assert read(ok(reply.response.body)).outcome in ("found", "not-found", "could-not-check")  # type: ignore[operator]


def test_a_json_reply_that_is_cut_off_is_never_found() -> None:
    for reply in SMALL:
        body = reply.response.body.strip()
        if reply.response.status == 200 and body.startswith((b"{", b"[{")) and reply.file.endswith(".json"):
            reading = reply.read(ok(body[: len(body) // 2]))
            assert reading.outcome == "could-not-check", reply.file
