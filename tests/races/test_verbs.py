"""No verb of the dispatch is forgotten: each is raced against all others, or said why not."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

from callcenter import routing
from tests.races.scene import Scene
from tests.races.verbs import TOWING, UNDER_WAY, WHILE_ASKED

ROOM = f"{routing.__name__}."

READ_OR_SAY = {
    "candidates": "gathers facts, and locks for the verb that asks: tests/races/test_choice.py",
    "duty.promise": "reads",
    "duty.service": "its own rows, each claimed by one: tests/telephony/test_duty_phone_races.py",
    "keep_network": "reads, for the network in memory: tests/routing/test_network.py",
    "offers": "steps inside a verb that holds the ticket's lock",
    "preview": "reads",
    "proofs": "reads, and keeps pictures for the step that ends the journey, under its lock",
    "push_offer": "keeps an errand for the offer's commit: tests/faults/test_worker_killed.py",
    "readiness": "reads",
    "reading": "reads",
    "repository": "reads, and keeps a choice for the verb that made it",
    "telling": "writes messages, once per event: tests/faults/test_worker_killed.py",
    "towing.facts": "reads",
    "towing.finding": "reads, and writes a destination for the verb that asks",
    "towing.stops": "reads",
    "towing.tows": "reads, and keeps a destination for the verb that made it",
    "travel": "inside place_confirmed, and an errand that asks by ladder.ask_next",
    "watchdog": "its own transaction per rescue: tests/faults/test_lost_clock.py",
}
"""Modules of the room that hold no verbs of their own."""
NOT_RACED = {
    "by_hand.end_asking": "inside cancel_rescue, hand_over and a reaction, under the ticket's lock",
    "carriageway.crosses_over": "reads, inside place_confirmed",
    "carriageway.tell_way": "inside place_confirmed, under the ticket's lock; only tells",
    "clocks.ask_station": "inside the checks of the clocks, under the ticket's lock",
    "clocks.clear": "inside the steps of the journey, under the ticket's lock",
    "clocks.start": "inside accept_offer, under the ticket's lock",
    "clocks.watch_arrival": "inside accept_offer and change_eta, under the ticket's lock",
    "journey.cancel": "inside cancel_rescue and hand_over, under the ticket's lock",
    "ladder.ask_next": "inside every verb that asks on, under the ticket's lock",
    "ladder.begin_round": "inside the verbs that begin to ask, under the ticket's lock",
    "ladder_alarms.clear_ladder_alarms": "inside begin_round, accept_offer and end_asking",
    "ladder_alarms.sound": "inside sound_deadline and look_again, under the ticket's lock",
    "ladder_alarms.sound_nobody_left": "inside ask_next, under the ticket's lock",
    "ladder_alarms.watch_deadline": "inside begin_round and hasten, under the ticket's lock",
    "merging.service.merge": "takes two rescues: tests/races/test_merges.py, against every verb",
    "merging.service.undo_merge": "takes two rescues: tests/races/test_merges.py",
    "towing.ends.ask_for_destination": "inside the verbs of a tow, under the ticket's lock",
    "towing.ends.clear": "inside the verbs of a tow, under the ticket's lock",
    "towing.ends.move": "inside the verbs of a tow, under the ticket's lock",
    "towing.ends.put_down": "inside deliver and settle, under the ticket's lock",
    "towing.ends.settle": "inside the steps of the journey, under the ticket's lock",
    "towing.ends.watch": "inside put_down and choose; only sets a clock",
    "ladder_alarms.watch_taken_alarm": "inside look_again and a reaction; only sets a clock",
}


def verbs() -> set[str]:
    """Every public coroutine of the room that takes the transaction first, as module.name."""
    found = set()
    for info in pkgutil.walk_packages(routing.__path__, ROOM):
        module, within = importlib.import_module(info.name), info.name.removeprefix(ROOM)
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", "") == module.__name__
            if own and inspect.iscoroutinefunction(thing) and not name.startswith("_"):
                (first, *_) = inspect.signature(thing).parameters
                if first == "tx" and within not in READ_OR_SAY:
                    found.add(f"{within}.{name}")
    return found


def called_by(code: Callable[..., Any]) -> set[str]:
    """What stands in it of the room's modules, as module.name; an acceptance goes by way of the
    scene."""
    imported = inspect.getmodule(code).__dict__
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    found = {
        f"{module.__name__.removeprefix(ROOM)}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and isinstance(module := imported.get(node.value.id), ModuleType)
    }
    return found | called_by(Scene.accept) if "self.scene.accept(" in ast.unparse(tree) else found


def test_every_verb_is_raced_or_excused():
    raced = set().union(*(called_by(move) for move in (*WHILE_ASKED, *UNDER_WAY, *TOWING)))
    assert verbs() - raced == NOT_RACED.keys()


def test_a_new_verb_is_noticed():
    raced = set().union(*(called_by(move) for move in WHILE_ASKED if "declines" not in str(move)))
    assert "answers.decline_offer" in verbs() - raced - NOT_RACED.keys()
