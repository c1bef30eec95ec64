"""The library: folders of files by kind, each file read when it is first asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, cast

from respite.domain import LibraryFault
from respite.domain import translate as _
from respite.literature.acute_study import AcuteFit, AcuteStudy
from respite.literature.analyte import Analyte
from respite.literature.claim import Claim
from respite.literature.comparator import Comparator
from respite.literature.digest import digest_of
from respite.literature.fact import FactKind, FactSet, MedicineClasses
from respite.literature.fit import Fit
from respite.literature.interaction import Interaction
from respite.literature.model import Constants, Model
from respite.literature.number import Parameter
from respite.literature.observation import ObservationRow, ObservedStudy, rows_of
from respite.literature.practice import Practice
from respite.literature.reader import Record, read_record
from respite.literature.rule import Rulebook, RuleSet
from respite.literature.source import Source
from respite.literature.study import Study
from respite.literature.surveillance import SurveillanceItem
from respite.literature.target import Target
from respite.literature.titration import Protocol, SessionEffect

SHIPPED = Path(__file__).parent / "library"
"""The library that comes with Respite."""

DECIDE_FORECASTS = ("constants", "interactions", "models")
"""Folders whose numbers a forecast is computed from."""

ASIDE = ("models/acute_respite1.toml",)
"""Models that no forecast asks."""

ADVICE = "respite models list"
"""What to type to see which models there are."""


class Folder(Mapping[str, Record], Generic[Record]):
    """The files of one kind, by id; found by listing, read one at a time, each once."""

    def __init__(
        self, path: Path, kind: type[Record], instead: Mapping[str, Record] | None = None
    ) -> None:
        self.name = path.name
        self._path = path
        self._kind = kind
        self._read: dict[str, Record] = dict(instead or {})

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(sorted(file.stem for file in self._path.glob("*.toml")))

    def __getitem__(self, key: str) -> Record:
        """Read the file of that id, or say which ids there are."""
        if key not in self._read:
            if key not in self._ids:
                raise KeyError(key)
            self._read[key] = read_record(self._path / f"{key}.toml", self._kind, self.file(key))
        return self._read[key]

    def file(self, key: str) -> str:
        """Name the file of that id, as errors and findings call it."""
        return f"{self.name}/{key}.toml"

    def __contains__(self, key: object) -> bool:
        """Say whether there is a file of that id, without reading it."""
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in alphabetical order."""
        return iter(self._ids)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._ids)


class Library:
    """Every published number Respite uses, by kind.

    Parameters
    ----------
    folder
        Where its files lie.
    changed
        Models that stand in place of those of the same id in the folder.

    Attributes
    ----------
    models, studies, observations, sources, constants, conventions, interactions, comparators,
    targets, bindings, claims, fits, practices, rules, facts, medicines, rulebooks, surveillance,
    titration, session_effects, acute, acute_fits, analytes
        Records by id. A file is read when it is first asked for.
    """

    def __init__(self, folder: Path, changed: tuple[Model, ...] = ()) -> None:
        self.folder = folder
        self._changed = changed
        self._assembled: dict[str, Model] = {}
        instead = {model.id: model for model in changed}
        self.models: Folder[Model] = Folder(folder / "models", Model, instead)
        self.studies: Folder[Study] = Folder(folder / "studies", Study)
        self.observations: Folder[ObservedStudy] = Folder(folder / "observations", ObservedStudy)
        self.sources: Folder[Source] = Folder(folder / "sources", Source)
        self.constants: Folder[Constants] = Folder(folder / "constants", Constants)
        self.conventions: Folder[Constants] = Folder(folder / "conventions", Constants)
        self.interactions: Folder[Interaction] = Folder(folder / "interactions", Interaction)
        self.comparators: Folder[Comparator] = Folder(folder / "comparators", Comparator)
        self.targets: Folder[Target] = Folder(folder / "targets", Target)
        self.bindings: Folder[Constants] = Folder(folder / "bindings", Constants)
        self.claims: Folder[Claim] = Folder(folder / "claims", Claim)
        self.fits: Folder[Fit] = Folder(folder / "fits", Fit)
        self.practices: Folder[Practice] = Folder(folder / "practices", Practice)
        self.rules: Folder[RuleSet] = Folder(folder / "rules", RuleSet)
        self.facts: Folder[FactSet] = Folder(folder / "facts", FactSet)
        self.medicines: Folder[MedicineClasses] = Folder(folder / "medicines", MedicineClasses)
        self.rulebooks: Folder[Rulebook] = Folder(folder / "rulebooks", Rulebook)
        self.surveillance: Folder[SurveillanceItem] = Folder(
            folder / "surveillance", SurveillanceItem
        )
        self.titration: Folder[Protocol] = Folder(folder / "titration", Protocol)
        self.session_effects: Folder[SessionEffect] = Folder(
            folder / "session_effects", SessionEffect
        )
        self.acute: Folder[AcuteStudy] = Folder(folder / "acute", AcuteStudy)
        self.acute_fits: Folder[AcuteFit] = Folder(folder / "acute_fits", AcuteFit)
        self.analytes: Folder[Analyte] = Folder(folder / "analytes", Analyte)

    @property
    def folders(self) -> tuple[Folder[Any], ...]:
        """Every kind of file there is: a new kind is one line in the constructor."""
        parts: list[Any] = list(vars(self).values())
        return tuple(cast("Folder[Any]", part) for part in parts if isinstance(part, Folder))

    def model(self, id: str) -> Model:
        """Give one model as its file has it.

        Parameters
        ----------
        id
            Name of the file without its ending, such as ``s_ketamine_otto2021``.

        Raises
        ------
        LibraryFault
            Where there is no such model.
        """
        return _found(self.models, id, ADVICE)

    def assembled(self, id: str) -> Model:
        """Give one model joined to every base it is built on; without a base, the model itself.

        Parameters
        ----------
        id
            Name of the file without its ending.
        """
        if id not in self._assembled:
            model, bases = self.model(id), self.bases(id)
            joined = model.built_on(self.assembled(bases[0])) if bases else model
            self._assembled[id] = joined
        return self._assembled[id]

    def bases(self, id: str) -> tuple[str, ...]:
        """Name the models that one is built on, the nearest first.

        Parameters
        ----------
        id
            Name of the file without its ending.

        Raises
        ------
        LibraryFault
            Where a base does not exist, or a model is built on itself.
        """
        line = [id]
        while (base := self.model(line[-1]).base) is not None:
            if base in line:
                raise LibraryFault(
                    _("The model '{id}' is built on itself: {line}.").format(
                        id=base, line=", ".join((*line, base))
                    ),
                    _("bases that end with a model that has none."),
                    _("correct structure.base of one of them."),
                )
            line.append(base)
        return tuple(line[1:])

    def source(self, id: str) -> Source:
        """Give one source.

        Parameters
        ----------
        id
            Its key.
        """
        return _found(self.sources, id)

    def study(self, id: str) -> Study:
        """Give one study.

        Parameters
        ----------
        id
            Its key.
        """
        return _found(self.studies, id)

    def observed(self, id: str) -> tuple[ObservationRow, ...]:
        """Give every figure that was observed in one study.

        Parameters
        ----------
        id
            Its key.
        """
        return tuple(rows_of(_found(self.observations, id)))

    def interaction(self, id: str) -> Interaction:
        """Give one file of what changes how fast ketamine leaves.

        Parameters
        ----------
        id
            Its key.
        """
        return _found(self.interactions, id)

    def constant(self, name: str) -> float:
        """Give one constant of chemistry in canonical units.

        Parameters
        ----------
        name
            File and parameter, such as ``constants_ketamine.molar_mass_ketamine``.
        """
        id, _dot, parameter = name.partition(".")
        return _found(self.constants, id, name).parameters[parameter].value

    def convention(self, name: str) -> Parameter:
        """Give one number that is assumed when trials are pooled, with the reason for it.

        Parameters
        ----------
        name
            File and parameter, such as ``pooling.score_sd``.
        """
        id, _dot, parameter = name.partition(".")
        return _found(self.conventions, id, name).parameters[parameter]

    def with_model(self, model: Model) -> Library:
        """Give the same library with one model changed, to see what it would change.

        Parameters
        ----------
        model
            Stands in place of the model of the same id; the fingerprint tells so.
        """
        kept = tuple(other for other in self._changed if other.id != model.id)
        return Library(self.folder, (*kept, model))

    @cached_property
    def vocabulary(self) -> Mapping[str, FactKind]:
        """Every fact that rules may ask about, by name."""
        return {fact.name: fact for facts in self.facts.values() for fact in facts.facts}

    @cached_property
    def _digest(self) -> str:
        return digest_of(self.folder, self._changed)

    def digest(self) -> str:
        """Give the fingerprint of every file, the same wherever and however they are stored."""
        return self._digest

    def digest_of_models(self) -> str:
        """Give the fingerprint of what decides a forecast: trials may come in beside it."""
        return digest_of(self.folder, self._changed, DECIDE_FORECASTS, ASIDE)


_loaded: dict[Path, Library] = {}


def load_library(folder: Path | None = None) -> Library:
    """Open the library; nothing is read until it is asked for.

    Parameters
    ----------
    folder
        Another folder of the same form; by default the one that comes with Respite.

    Examples
    --------
    >>> library = load_library()
    >>> library.model("s_ketamine_otto2021").parameters["clearance"].printed
    '95.2 L/h'
    """
    if folder is not None:
        return Library(folder)
    if SHIPPED not in _loaded:
        _loaded[SHIPPED] = Library(SHIPPED)
    return _loaded[SHIPPED]


def _found(records: Folder[Record], id: str, advice: str = "") -> Record:
    if id in records:
        return records[id]
    missing = {
        "models": _("There is no model '{id}'."),
        "sources": _("There is no source '{id}'."),
        "studies": _("There is no study '{id}'."),
        "observations": _("There is no observed study '{id}'."),
        "constants": _("There is no constants file '{id}'."),
        "conventions": _("There is no file of conventions '{id}'."),
        "claims": _("There is no claim '{id}'."),
        "interactions": _("There is no interaction '{id}'."),
    }
    near = [key for key in records if id and id in key]
    near = near or difflib.get_close_matches(id, records, n=1)
    advice = advice or _("a key of {folder}").format(folder=f"library/{records.name}")
    if near:
        advice = _("did you mean '{near}'? See: {advice}").format(near=near[0], advice=advice)
    raise LibraryFault(
        missing[records.name].format(id=id),
        _("one of {names}.").format(names=", ".join(records)),
        advice,
    )
