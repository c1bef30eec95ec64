"""The command ``respite``: its commands, its welcome, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

from cyclopts import App, Group, Parameter

from respite.cli import examples, exits
from respite.domain import translate as _

WELCOME = _("""\
Respite: how long will ketamine pain relief last, and how sure is that?

  respite forecast --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" --condition crps
  respite simulate --regimen "ketamine 0.5 mg/kg iv over 40 min" --weight 70
  respite models list

Every command explains itself with --help. Decision support for clinicians; not a
medical device.
""")


def _version() -> str:
    import respite

    return f"respite {respite.__version__}"


app = App(
    name="respite",
    help=_("How long will ketamine pain relief last, and how sure is that?"),
    help_format="plaintext",
    help_formatter="plain",
    suppress_keyboard_interrupt=False,
    version=_version,
)

EVERYWHERE = Group(_("For developers"), sort_key=9)

literature = App(name="evidence", help=_("What does the literature say, and do we agree?"))
library = App(name="models", help=_("What is in the library, and where it comes from."))


clinic = App(name="clinic", help=_("Run a clinic: pages for clinicians and patients."))

CLINIC = (
    ("serve", _("Start the clinic on this machine."), examples.CLINIC_SERVE),
    ("demo", _("Make a clinic of invented patients, and start it."), examples.CLINIC_DEMO),
    (
        "invite",
        _("Make a one-time link by which somebody of the staff joins."),
        examples.CLINIC_INVITE,
    ),
    (
        "read",
        _("Serve the pages about ketamine alone, for anybody, without any record."),
        examples.CLINIC_READ,
    ),
    ("web", _("Serve pages with several processes."), examples.CLINIC_WEB),
    ("worker", _("Work through what waits in the background."), examples.CLINIC_WORKER),
    ("tick", _("Do once what is due: the work-list, and what is scheduled."), examples.CLINIC_TICK),
    ("backup", _("Write a verified copy of the whole clinic."), examples.CLINIC_BACKUP),
    ("restore", _("Fill an empty clinic from a copy."), examples.CLINIC_RESTORE),
    ("upgrade", _("Bring the tables up to date with this release."), examples.CLINIC_UPGRADE),
    ("check", _("Verify settings, tables and the trail."), examples.CLINIC_CHECK),
)
"""Commands of the other face; it is read when one of them is used."""


# Each command is named by its place, and read when it is first used.
COMMANDS = (
    (app, "forecast", "forecast:forecast", _("How long will relief last?"), examples.FORECAST),
    (app, "score", "score:score", _("Did past forecasts come true?"), examples.SCORE),
    (app, "simulate", "simulate:simulate", _("What levels to expect?"), examples.SIMULATE),
    (app, "compare", "compare:compare", _("Which plan gives what?"), examples.COMPARE),
    (app, "plan", "plan:plan", _("What is there to propose?"), examples.PLAN),
    (
        app,
        "check",
        "check:check",
        _("May this be given, and what must be asked and watched?"),
        examples.CHECK,
    ),
    (
        app,
        "records",
        "records:records",
        _("What do these records say? Read, check and convert data sets."),
        examples.RECORDS,
    ),
    (
        app,
        "learn",
        "learn:learn",
        _("How does ketamine work, how long does it help, and what may it harm?"),
        examples.LEARN,
    ),
    (
        app,
        "return-times",
        "return_times:return_times",
        _("When did pain return in a group seen at visits?"),
        examples.RETURN_TIMES,
    ),
    (
        literature,
        "compare",
        "evidence_compare:evidence_compare",
        _("What else relieves pain, beside ketamine?"),
        examples.EVIDENCE_COMPARE,
    ),
    (
        literature,
        "mechanism",
        "evidence_mechanism:evidence_mechanism",
        _("What does a regimen take hold of, how much, and for how long?"),
        examples.EVIDENCE_MECHANISM,
    ),
    (
        literature,
        "dose-duration",
        "dose_duration:dose_duration",
        _("What buys more days with relief: dose, hours, sessions, interval or route?"),
        examples.DOSE_DURATION,
    ),
    (
        literature,
        "validate",
        "validate:validate",
        _("Do predictions agree with trials?"),
        examples.VALIDATE,
    ),
    (literature, "trials", "trials:trials", _("What did each study see?"), examples.TRIALS),
    (
        literature,
        "pool",
        "pool:pool",
        _("What do randomised trials say together about one time?"),
        examples.POOL,
    ),
    (
        literature,
        "certainty",
        "certainty:certainty",
        _("How certain is each claim, and why?"),
        examples.CERTAINTY,
    ),
    (library, "list", "models:list_models", _("List the models."), examples.MODELS_LIST),
    (
        library,
        "show",
        "models:show",
        _("Every number of one model, with its source."),
        examples.MODELS_SHOW,
    ),
    (
        library,
        "check",
        "models:check",
        _("Does the library keep its own rules, and do models match their papers?"),
        examples.MODELS_CHECK,
    ),
    (
        library,
        "cite",
        "models:cite",
        _("Cite a source, or every source of a model."),
        examples.MODELS_CITE,
    ),
)

for group, name, place, says, tries in COMMANDS:
    group.command(f"respite.cli.{place}", name=name, help=says, help_epilogue=tries)
for name, says, tries in CLINIC:
    clinic.command(f"respite.clinic.commands:{name}", name=name, help=says, help_epilogue=tries)
app.command(clinic)
app.command(literature)
app.command(library)


@app.meta.default
def _launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    debug: Annotated[
        bool,
        Parameter(
            help=_("Show where in the program a defect arose."),
            negative="",
            show_default=False,
            group=EVERYWHERE,
        ),
    ] = False,
) -> Any:
    """Run one command; greet with three examples where there is none."""
    if not tokens:
        print(WELCOME, end="")
        return None
    return app(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line, and leave with its exit status.

    Parameters
    ----------
    arguments
        What was typed after ``respite``; by default what was typed to this process.
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(exits.status_of(lambda: _run(typed), debug="--debug" in typed))


def _run(typed: list[str]) -> Any:
    return app.meta(typed, exit_on_error=False, print_error=False, result_action="return_value")
