"""The form of an oral dose, through data sets and back."""

from __future__ import annotations

import pytest

from respite.domain import Form, RespiteError, read_data_set, write_data_set

IN_WORDS = "ID,TIME,AMT,DRUG,ROUTE\n1,0,25,ketamine,oral solution\n1,8,25,ketamine,oral cr\n"


def test_a_form_is_read_from_words_and_written_back():
    data = read_data_set(IN_WORDS)
    (subject,) = data.subjects
    forms = [event.form for event in subject.doses]
    assert forms == [Form.SOLUTION, Form.CONTROLLED_RELEASE]
    assert read_data_set(write_data_set(data)) == data


def test_a_compartment_may_be_a_form():
    text = "ID,TIME,AMT,CMT\n1,0,25,1\n1,8,25,2\n"
    ways = {1: "oral solution", 2: "oral tablet"}
    (subject,) = read_data_set(text, compartments=ways, drug="ketamine").subjects
    assert [str(event.way) for event in subject.doses] == list(ways.values())


def test_a_form_of_another_route_is_refused_with_its_place():
    with pytest.raises(RespiteError, match="iv solution"):
        read_data_set("ID,TIME,AMT,CMT\n1,0,25,1\n", compartments="1=iv solution", drug="ketamine")
