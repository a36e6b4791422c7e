"""Writes tests/it/data/fsrs.json: review histories, and what py-fsrs and Anki's backend make of them.

Needs Python 3.11 and the packages `fsrs` (6.3) and `anki` (26.9), best in an environment of their own:

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install fsrs anki
    /tmp/oracle/bin/python tests/oracle/histories.py

The histories come from a generator of our own with a fixed seed, so the file changes only with the packages.

A history is a list of reviews, one row each:
    minutes since the review before (0 for the first), grade 1-4,
    stability and difficulty by py-fsrs, stability and difficulty by Anki,
    state after it (1 learning, 2 review, 3 relearning), step and its seconds (null in review),
    the days without fuzz after each of the four grades, had it led to days.

Reviews happen at noon UTC or a few minutes after the one before; a later day is a whole number of days later. So the
24 hours that py-fsrs counts by and the days that Anki counts by, from 04:00, are the same.
"""

import importlib.metadata
import json
import os
import pathlib
import tempfile
import time
from datetime import datetime, timedelta, timezone

os.environ["TZ"] = "UTC"
time.tzset()

from anki.collection import Collection  # noqa: E402
from fsrs import Card, Rating, Scheduler, State  # noqa: E402

OUTPUT = pathlib.Path(__file__).parent.parent / "it" / "data" / "fsrs.json"
FIRST_REVIEW = datetime(2004, 2, 27, 12, tzinfo=timezone.utc)
DAY = 24 * 60

# Inside the bounds of FSRS-6, and far from its defaults in each place.
OTHER_PARAMETERS = [
    0.05, 0.9, 4.1, 21.7, 7.2, 0.55, 2.1, 0.05, 1.4, 0.31, 1.3,
    1.9, 0.11, 0.35, 2.1, 0.4, 2.6, 0.8, 0.25, 0.14, 0.32,
]

GROUPS = [
    (240, dict(retention=0.9, learning_steps=[1, 10], relearning_steps=[10], maximum_interval=36500, parameters=[])),
    (60, dict(retention=0.8, learning_steps=[1, 5, 30], relearning_steps=[5, 20], maximum_interval=36500,
              parameters=OTHER_PARAMETERS)),
    (50, dict(retention=0.95, learning_steps=[], relearning_steps=[], maximum_interval=400, parameters=[])),
    (50, dict(retention=0.7, learning_steps=[15], relearning_steps=[3], maximum_interval=36500, parameters=[])),
]


class Chance:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        return (mixed ^ (mixed >> 31)) % bound


def gap(chance):
    """Minutes: on the same day, or whole days later, short gaps more often than long ones."""
    kind = chance.below(10)
    if kind < 3:
        return 1 + chance.below(30)
    longest = [3, 3, 15, 15, 60, 150, 400][kind - 3]
    return DAY * (1 + chance.below(longest))


def history(chance):
    reviews = [(0, 1 + chance.below(4))]
    for _ in range(chance.below(14)):
        grade = [1, 1, 2, 2, 3, 3, 3, 3, 4, 4][chance.below(10)]
        reviews.append((gap(chance), grade))
    return reviews


class PyFsrs:
    """One scheduler with the policy's steps, and one without steps, which tells the days after any grade."""

    def __init__(self, policy):
        choices = dict(
            desired_retention=policy["retention"],
            maximum_interval=policy["maximum_interval"],
            enable_fuzzing=False,
        )
        if policy["parameters"]:
            choices["parameters"] = policy["parameters"]
        learning, relearning = (
            [timedelta(minutes=step) for step in policy[steps]] for steps in ["learning_steps", "relearning_steps"]
        )
        self.with_steps = Scheduler(**choices, learning_steps=learning, relearning_steps=relearning)
        self.without_steps = Scheduler(**choices, learning_steps=[], relearning_steps=[])

    def review(self, card, at, grade):
        return self.with_steps.review_card(card, Rating(grade), at)[0]

    def days(self, card, at):
        graded = [self.without_steps.review_card(card, rating, at)[0] for rating in Rating]
        return [(after.due - at).days for after in graded]


class Anki:
    """A collection in a folder of its own; the memory state of a card follows from its rows in the review log."""

    def __init__(self, folder):
        self.collection = Collection(str(pathlib.Path(folder) / "oracle.anki2"))
        self.collection.set_config("fsrs", True)
        self.cards = 0

    def follow(self, policy):
        config = self.collection.decks.config_dict_for_deck_id(1)
        config["fsrsParams6"] = policy["parameters"]
        config["desiredRetention"] = policy["retention"]
        self.collection.decks.update_config(config)

    def new_card(self):
        note = self.collection.new_note(self.collection.models.by_name("Basic"))
        self.cards += 1
        note["Front"] = f"card {self.cards}"
        self.collection.add_note(note, 1)
        return note.cards()[0].id

    def review(self, card, at, grade, kind):
        milliseconds = int(at.timestamp() * 1000) + self.cards  # a row's id is its time, and unlike any other
        row = (milliseconds, card, 0, grade, 1, 1, 2500, 1000, kind)
        self.collection.db.execute("insert into revlog values (?,?,?,?,?,?,?,?,?)", *row)
        return self.collection.compute_memory_state(card)


def rows(policy, reviews, anki):
    kinds = {State.Learning: 0, State.Review: 1, State.Relearning: 2}
    py_fsrs, at = PyFsrs(policy), FIRST_REVIEW
    before, anki_card = Card(), anki.new_card()
    for minutes, grade in reviews:
        at += timedelta(minutes=minutes)
        after = py_fsrs.review(before, at, grade)
        other = anki.review(anki_card, at, grade, kinds[before.state])
        numbers = [after.stability, after.difficulty, other.stability, other.difficulty]
        seconds = None if after.state == State.Review else int((after.due - at).total_seconds())
        yield [
            minutes, grade, *(float(f"{number:.7g}") for number in numbers),
            int(after.state), after.step, seconds, py_fsrs.days(before, at),
        ]
        before = after


def main():
    chance = Chance(6)
    compact = dict(separators=(",", ":"))
    with tempfile.TemporaryDirectory() as folder, open(OUTPUT, "w") as output:
        anki = Anki(folder)
        packages = {name: importlib.metadata.version(name) for name in ["fsrs", "anki"]}
        output.write('{"packages":' + json.dumps(packages, **compact) + ',\n"groups":[')
        for number, (count, policy) in enumerate(GROUPS):
            anki.follow(policy)
            output.write(",\n" if number else "\n")
            output.write('{"policy":' + json.dumps(policy, **compact) + ',\n"histories":[\n')
            lines = (json.dumps(list(rows(policy, history(chance), anki)), **compact) for _ in range(count))
            output.write(",\n".join(lines) + "]}")
        output.write("]}\n")
        anki.collection.close()


main()
