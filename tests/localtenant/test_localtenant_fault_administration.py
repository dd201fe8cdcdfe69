"""Faults set at the start and at run time, and that a seed repeats them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import FaultKnobs, Graph

if TYPE_CHECKING:
    from pathlib import Path

READ = "/applications?$top=1"


def statuses(graph: Graph, count: int) -> list[int]:
    """Read ``count`` times; the statuses."""
    return [graph.get(READ).status_code for _ in range(count)]


@pytest.mark.local_only
def test_faults_are_set_shown_and_ended_at_run_time(graph: Graph, knobs: FaultKnobs) -> None:
    """The administration replaces faults, tells what they saw and hit, and ends them."""
    knobs.set("throttle,every=2")
    assert statuses(graph, 4) == [200, 429, 200, 429]
    assert knobs.report() == [{"fault": "throttle,every=2", "seen": 4, "hits": 2}]

    knobs.set("fail,status=502")
    assert statuses(graph, 1) == [502]

    knobs.clear()
    assert statuses(graph, 2) == [200, 200]
    assert knobs.report() == []


@pytest.mark.local_only
def test_same_seed_means_the_same_bad_day(graph: Graph, knobs: FaultKnobs) -> None:
    """Requests in the same order meet the same faults under one seed, others under another."""
    days: list[list[int]] = []
    for seed in (7, 7, 8):
        knobs.set("throttle,probability=0.3", "fail,probability=0.2", seed=seed)
        days.append(statuses(graph, 30))

    assert days[0] == days[1] != days[2]
    assert set(days[0]) == {200, 429, 503}


@pytest.mark.local_only
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"faults": ["throtle"]}, "The fault 'throtle' is not understood: there is no 'throtle'"),
        ({"faults": "throttle"}, 'PUT wants a JSON object {"faults": ['),
        ({"faults": ["throttle"], "seed": "x"}, "PUT wants a JSON object"),
        ({"faults": ["throttle"], "sed": 1}, "PUT wants a JSON object"),
        (["throttle"], "PUT wants a JSON object"),
    ],
)
def test_wrong_faults_are_refused_and_change_nothing(
    graph: Graph, knobs: FaultKnobs, body: object, words: str
) -> None:
    """What is not understood is said, and the faults stay as they were."""
    knobs.set("throttle,method=PUT")

    answer = graph.http.put("/-/faults", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(words)
    assert [fault["fault"] for fault in knobs.report()] == ["throttle,method=PUT"]


def test_administration_is_for_this_machine(graph: Graph) -> None:
    """A page of the web that gives its own name this machine's address is refused."""
    answer = graph.http.put("/-/faults", json={"faults": []}, headers={"Host": "evil.example"})

    assert answer.status_code == 403


@pytest.mark.local_only
def test_wrong_fault_ends_the_start_in_one_line(tmp_path: Path) -> None:
    """A fault that is not understood is refused before anything is made."""
    state = tmp_path / "state"
    command = [sys.executable, "-m", "localtenant", "serve", "--state", str(state)]

    ended = subprocess.run(
        [*command, "--fault", "throttle,evry=2"], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert "'evry=2' is none of throttle's options retry-after=" in ended.stderr
    assert not state.exists()
