"""Processes of a clinic are killed while people write: a short round of `make faults`."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from validation.clinic_faults.trial import Trial


@pytest.mark.parametrize(
    ("engine", "targets"),
    [("postgresql", ("web", "database")), ("sqlite", ("worker", "web"))],
)
def test_no_word_is_lost_or_doubled_whatever_is_killed(engine, targets):
    trial = Trial(targets, writers=4, entries=5, sessions=2, is_on_sqlite=engine == "sqlite")
    with ThreadPoolExecutor(1) as aside:  # a browser of other tests holds the loop of this thread
        told = aside.submit(trial.run).result()
    assert told.is_whole, told
    assert len(told.killed) == 2
