"""The story through JSON: what each reader sees of a case, what may be done next, lists."""

import json
from datetime import timedelta
from typing import Any

import pytest

from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.people import Actor
from tests.builders import CUI, Story, add_vacancy
from tests.web.api.operations import answers, asked, crossing, draft, picture, signed, submitted
from tests.web.api.world import AGENT, Steps, World, keyed, now

URL = "/api/v1/applications"


def read(world: World, actor: Actor, story: Story) -> dict[str, Any]:
    reply = world.caller(actor).get(f"{URL}/{story.id}")
    told: dict[str, Any] = reply.json()
    assert reply.status_code == 200
    assert reply.headers["etag"] == f'"{told["version"]}"'
    return told


@pytest.mark.feature("O2", "W1", "W10", "W13", "B1", "B5", "D10")
def test_the_whole_story_by_the_links_alone(world: World) -> None:
    """Begun, answered, sent, approved twice, verified, revoked; no URL of the case is guessed."""
    people = world.live(lambda story: story.start())
    today = legal_day(now())
    with world.database.sessions.begin() as session:
        vacancy = add_vacancy(
            session, world.ports, starts_on=today, ends_on=today + timedelta(days=60)
        )
    worker = world.caller(people.worker)
    listed = worker.get("/api/v1/vacancies?programme=coffee-hn-gt").json()["items"]
    assert str(vacancy) in {one["id"] for one in listed}
    told = answers() | {"vacancy": str(vacancy)}
    begun = worker.post(URL, json={"programme": "coffee-hn-gt", "answers": told})
    assert (begun.status_code, begun.headers["etag"]) == (201, '"1"')
    here = f"{URL}/{begun.json()['id']}"

    def follow(actor: Actor, act: str, **body: object) -> dict[str, Any]:
        client = world.caller(actor)
        case = client.get(here).json()
        link = case["links"][act]
        reply = client.request(
            link["method"], link["href"], headers=keyed(case["version"]), json=body or None
        )
        assert reply.status_code == 200, reply.text
        done: dict[str, Any] = reply.json()
        return done

    follow(people.worker, "edit", answers={"languages_spoken": ["spa"]})
    assert follow(people.worker, "submit")["status"] == "under-review"
    assert follow(people.setrass, "hold")["status"] == "under-review"
    digest = worker.get(here).json()["contract"]["sha256"]
    follow(people.worker, "accept-contract", digest=digest, heard=True)
    assert follow(people.setrass, "approve", opinion="approve")["status"] == "under-review"
    assert follow(people.inm, "approve", opinion="approve")["status"] == "approved"
    case = worker.get(here).json()
    pending = worker.get(case["links"]["credential"]["href"]).json()
    assert (pending["state"], pending["text"]) == ("pending", None)
    world.publish()
    issued = worker.get(case["links"]["credential"]["href"]).json()
    assert (issued["state"], bool(issued["text"])) == ("issued", True)
    right = worker.get(case["links"]["authorisation"]["href"]).json()
    assert right["digest"] == case["digest"]
    agent, official = world.caller(AGENT), world.caller(people.inm)
    scanned = {"text": issued["text"]}
    verdict = agent.post("/api/v1/credentials/verify", json=scanned).json()
    assert (verdict["verdict"], verdict["reason"], verdict["number"]) == (
        "green",
        "ok",
        issued["number"],
    )
    assert verdict["claims"]["full_name"] == "María Ángela Gutiérrez Ñamendí"
    entered = crossing(permit_number=issued["number"].replace("-", ""))
    for _ in range(2):  # the reply was lost
        sent = agent.post("/api/v1/crossings", json={"crossings": [entered]}, headers=keyed())
        assert sent.status_code == 200
    kept = agent.get("/api/v1/crossings").json()["items"]
    assert [(one["id"], one["direction"]) for one in kept] == [(entered["id"], "entry")]
    carrier = case["links"]["credential"]["href"]
    headers = keyed(issued["version"])
    gone = official.post(f"{carrier}/revoke", headers=headers, json={"reason": "stolen"})
    assert (gone.status_code, gone.json()["state"]) == (200, "revoked")
    world.publish()
    verdict = agent.post("/api/v1/credentials/verify", json=scanned).json()
    assert (verdict["verdict"], verdict["reason"]) == ("red", "revoked")


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.feature("D1")
def test_the_worker_never_learns_who_decided_and_nobody_else_reads_the_note(world: World) -> None:
    story = world.live(submitted)
    client = world.caller(story.setrass)
    client.post(f"{URL}/{story.id}/hold", headers=keyed(2 + 1))
    version = world.version_of(story.id)
    note = "Solo para la institución: revisar el sello."
    decided = client.post(
        f"{URL}/{story.id}/decisions",
        json={"opinion": "approve", "note": note},
        headers=keyed(version),
    )
    assert decided.status_code == 200
    worker, inm, setrass = (read(world, a, story) for a in (story.worker, story.inm, story.setrass))
    said = [d["note"] for told in (worker, inm, setrass) for d in told["decisions"]]
    assert said == ["", note, note]
    assert [told["decisions"][0]["by_me"] for told in (worker, inm, setrass)] == [
        False,
        False,
        True,
    ]
    text = json.dumps(worker)
    for hidden in (str(story.setrass.person), story.setrass.name, note):
        assert hidden not in text


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_who_holds_a_case_is_told_to_officials_only(world: World) -> None:
    story = world.live(submitted)
    version = world.version_of(story.id)
    held = world.caller(story.setrass).post(f"{URL}/{story.id}/hold", headers=keyed(version))
    assert held.headers["etag"] == f'"{version + 1}"'
    told = {who: read(world, a, story) for who, a in vars_of(story).items()}
    assert {who: (t["held_by"], t["held_by_me"]) for who, t in told.items()} == {
        "worker": (None, False),
        "setrass": (story.setrass.name, True),
        "inm": (story.setrass.name, False),
    }
    mine = world.caller(story.setrass).get(f"{URL}?tengo=yo").json()["items"]
    assert [one["id"] for one in mine] == [str(story.id)]
    freed = world.caller(story.setrass).delete(f"{URL}/{story.id}/hold", headers=keyed(version + 1))
    assert freed.status_code == 200
    assert read(world, story.inm, story)["held_by"] is None


def vars_of(story: Story) -> dict[str, Actor]:
    return {"worker": story.worker, "setrass": story.setrass, "inm": story.inm}


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_findings_about_others_are_kept_from_the_worker(world: World) -> None:
    world.live(submitted)
    story = world.live(submitted)  # the same document number once more
    codes = {
        who: {finding["code"] for finding in read(world, a, story)["findings"]}
        for who, a in vars_of(story).items()
    }
    assert "similar-application" in codes["setrass"]
    assert codes["worker"] == codes["setrass"] - {"similar-application"}


NEXT: dict[str, tuple[Steps, dict[str, list[str]]]] = {
    "draft": (draft, {"worker": ["edit", "submit", "withdraw"]}),
    "submitted": (
        submitted,
        {
            "worker": ["withdraw"],
            "setrass": ["ask", "approve", "return", "refuse", "hold"],
            "inm": ["hold"],
        },
    ),
    "asked": (asked, {"worker": ["answer", "withdraw"]}),
    "approved": (signed, {"worker": [], "setrass": [], "inm": []}),
}


@pytest.mark.asvs("2.3.1")
@pytest.mark.parametrize("name", NEXT)
def test_the_next_actions_are_those_that_are_accepted(shared: World, name: str) -> None:
    steps, expected = NEXT[name]
    story = shared.live(steps)
    for who, acts in expected.items():
        told = read(shared, vars_of(story)[who], story)
        assert told["next_actions"] == acts
        assert set(told["links"]) >= {"self", *acts}


@pytest.mark.feature("W12")
def test_an_answer_is_changed_alone_and_the_others_stay(shared: World) -> None:
    story = shared.live(draft)
    client, version = shared.caller(story.worker), shared.version_of(story.id)
    patched = client.patch(
        f"{URL}/{story.id}",
        json={"answers": {"given_names": "Ana", "languages_read": None}},
        headers={"If-Match": f'"{version}"'},
    )
    assert patched.headers["etag"] == f'"{version + 1}"'
    told = read(shared, story.worker, story)["answers"]
    assert (told["given_names"], told["languages_read"]) == ("Ana", None)
    assert (told["document_number"], told["languages_spoken"]) == (CUI, ["spa", "caa"])


@pytest.mark.promise("P21")
@pytest.mark.asvs("14.2.8")
@pytest.mark.feature("W5")
def test_a_picture_is_kept_without_what_the_camera_wrote(shared: World) -> None:
    story = shared.live(draft)
    client, version = shared.caller(story.worker), shared.version_of(story.id)
    url = f"{URL}/{story.id}/documents/identity-front"
    kept = client.put(url, content=picture(), headers=keyed(version))
    assert kept.headers["etag"] == f'"{shared.version_of(story.id)}"'
    again = client.put(url, content=picture(), headers=keyed(version + 1))
    documents = read(shared, story.worker, story)["documents"]
    assert documents == [again.json()]
    assert documents[0]["media_type"] == "image/jpeg"


def test_what_is_missing_is_told_at_once_when_it_is_sent(shared: World) -> None:
    worker = shared.live(draft).worker
    client = shared.caller(worker)
    begun = client.post(URL, json={"programme": "coffee-hn-gt"}).json()
    reply = client.post(f"{URL}/{begun['id']}/submit", headers=keyed(1))
    fields = {fault["field"] for fault in reply.json()["errors"]}
    assert fields == {
        "document_number",
        "given_names",
        "surnames",
        "date_of_birth",
        "sex",
        "municipality",
        "languages_spoken",
        "vacancy",
        "consent",
        "documents",
        "photo",
    }


@pytest.mark.feature("O3", "O7")
def test_the_queue_is_filtered_and_pages_on_without_gaps(world: World) -> None:
    stories = [world.live(submitted) for _ in range(5)]
    second = world.live(lambda s: submitted(s).decide(s.setrass, Opinion.APPROVE))
    world.live(draft)
    refused = world.live(lambda s: submitted(s).decide(s.setrass, Opinion.REFUSE))
    client = world.caller(stories[0].inm)

    def ids(query: str) -> list[str]:
        found: list[str] = []
        url = f"{URL}?limit=2&{query}"
        while url:
            reply = client.get(url)
            page = reply.json()
            found += [one["id"] for one in page["items"]]
            assert len(page["items"]) <= 2
            url = reply.links.get("next", {}).get("url", "")
            assert bool(url) is (page["next_cursor"] is not None)
        assert page["total"] == len(found)
        return found

    everything = {str(s.id) for s in (*stories, second, refused)}
    assert set(ids("espera=todas")) == everything
    assert set(ids("espera=setrass")) == {str(s.id) for s in stories}
    assert ids("") == ids("espera=inm") == [str(second.id)]
    assert ids("estado=refused") == [str(refused.id)]
    assert set(ids("estado=refused&estado=under-review")) == everything
    assert ids("espera=todas&programa=twap-canada") == []
    assert set(ids("espera=todas&q=gutierrez+namendi")) == everything
    today, running = legal_day(now()), everything - {str(refused.id)}
    assert ids(f"espera=todas&vence={today}") == []
    assert set(ids(f"espera=todas&vence={today + timedelta(days=120)}")) == running


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_a_worker_lists_the_own_and_nothing_else(shared: World) -> None:
    shared.live(submitted)
    story = shared.live(submitted)
    listed = shared.caller(story.worker).get(URL).json()
    assert [one["id"] for one in listed["items"]] == [str(story.id)]
    assert (listed["total"], listed["next_cursor"]) == (1, None)


@pytest.mark.feature("O7")
def test_an_application_is_found_by_its_receipt(world: World) -> None:
    story = world.live(submitted)
    world.live(submitted)
    receipt = read(world, story.worker, story)["receipt"]
    found = (
        world.caller(story.inm).get(URL, params={"espera": "todas", "q": receipt}).json()["items"]
    )
    assert [one["id"] for one in found] == [str(story.id)]


def test_a_vacancy_tells_its_terms_and_nobodys_phone(shared: World) -> None:
    shared.live(draft)
    client = shared.caller(None)
    reply = client.get("/api/v1/vacancies", params={"programme": "coffee-hn-gt", "q": "copan"})
    assert reply.json()["items"][0]["wage"] == "350.00"
    assert "+504" not in reply.text
    assert "@" not in reply.text
    unknown = client.get("/api/v1/vacancies?programme=moon")
    assert [fault["field"] for fault in unknown.json()["errors"]] == ["programme"]
