"""Processes of a clinic are killed while people write: a short round of `make faults`."""

import pytest
from validation.clinic_faults.trial import Trial


@pytest.mark.parametrize(
    ("engine", "targets"),
    [("postgresql", ("web", "database")), ("sqlite", ("worker", "web"))],
)
def test_no_word_is_lost_or_doubled_whatever_is_killed(engine, targets):
    told = Trial(targets, writers=4, entries=5, sessions=2, is_on_sqlite=engine == "sqlite").run()
    assert told.is_whole, told
    assert len(told.killed) == 2
