"""What to try: the examples that stand below the help of each command."""

from __future__ import annotations

from respite.domain import translate as _

FORECAST = _("""\
Examples:
  respite forecast --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --age 45 --weight 70 --condition crps
  respite forecast --regimen "ketamine 80 mg iv over 2 h" \\
      --patient patient.toml --report my-report
  respite forecast --history doses.csv --diary diary.csv --weight 70
  respite forecast --regimen "ketamine 50 mg im" --at 1h,1d,7d --format json
""")

SCORE = _("""\
Examples:
  respite score ana.jsonl --diary ana.csv
  respite score ana.jsonl --diary ana.csv --history doses.csv --format json
  respite score logs --format csv
""")

SIMULATE = _("""\
Examples:
  respite simulate --regimen "ketamine 0.5 mg/kg iv over 40 min" --weight 70
  respite simulate --regimen "ketamine 50 mg im" --at 0.5h,1h,4h --format csv
  respite simulate --regimen "esketamine 84 mg intranasal" --format json
  respite simulate --regimen "ketamine 0.5 mg/kg iv over 40 min" --weight 70 --beside
  respite simulate --regimen "ketamine 20 mg iv" --curves curves.csv --every 1h
""")

COMPARE = _("""\
Examples:
  respite compare --condition crps \\
      --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --regimen "ketamine 25 mg/h iv for 5 days"
  respite compare --weight 70 --format json \\
      --regimen "ketamine 80 mg iv over 2 h" --regimen "placebo iv over 2 h"
""")

PLAN = _("""\
Examples:
  respite plan --condition crps --age 45 --sex female --weight 70 --baseline-pain 7
  respite plan --patient patient.toml --facts facts.toml --report my-report
  respite plan --weight 70 --condition crps --history doses.csv --diary diary.csv \\
      --sessions sessions.csv
""")

CHECK = _("""\
Examples:
  respite check --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --age 45 --weight 70 --sex female --medicine tramadol
  respite check --patient patient.toml --regimen "ketamine 80 mg iv over 2 h" \\
      --facts facts.toml --history doses.csv --report my-report
  respite check --regimen "ketamine 50 mg im" --questions facts.toml
  respite check --regimen "ketamine 50 mg im" --phase before --facts today.toml
  respite check --regimen "esketamine 84 mg intranasal" --all --format json

facts.toml holds what no flag tells, each number with its unit:
  [patient]
  pregnant = false
  conditions = []        # a list that is complete; or a table of true and false
  [plan]
  setting = "clinic"
  [session.pre]
  sbp = "128 mmHg"
""")

DOSE_DURATION = _("""\
Examples:
  respite evidence dose-duration --condition crps
  respite evidence dose-duration --condition neuropathic --format csv \\
      --base "ketamine 25 mg/h iv for 5 days"
  respite evidence dose-duration --condition crps --report my-report
""")

RECORDS = _("""\
Examples:
  respite records levels.csv --cmt "1=oral,2=iv" --drug ketamine
  respite records doses.csv --to nonmem --output data-set.csv
  respite records levels.csv --cmt 1=oral --drug ketamine --to levels
  respite records --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --weight 70 --to nonmem --compress
""")

LEARN = _("""\
Examples:
  respite learn
  respite learn how-long --condition crps
  respite learn side-effects --face clinicians --format json
""")

RETURN_TIMES = _("""\
Examples:
  respite return-times visits.csv
  respite return-times visits.csv --report my-report
  respite return-times visits.csv --format csv

visits.csv has one line for each course of each patient, in days from its last dose;
the last cell is blank where relief has not been lost yet:
  patient,last_seen_with_relief_day,first_seen_without_day
  A1,14,28
  A2,28,
""")

EVIDENCE_COMPARE = _("""\
Examples:
  respite evidence compare
  respite evidence compare --condition neuropathic
  respite evidence compare --condition acute --format csv
  respite evidence compare --condition fibromyalgia --report my-report
""")

EVIDENCE_MECHANISM = _("""\
Examples:
  respite evidence mechanism --regimen "ketamine 0.5 mg/kg iv over 40 min"
  respite evidence mechanism --regimen "ketamine 25 mg/h iv for 5 days" \\
      --weight 70 --condition crps --report my-report
  respite evidence mechanism --regimen "esketamine 84 mg intranasal" --format csv
""")

VALIDATE = _("""\
Examples:
  respite evidence validate
  respite evidence validate --condition crps
  respite evidence validate --trials mine.csv --report my-report
""")

TRIALS = _("""\
Examples:
  respite evidence trials --condition crps
  respite evidence trials --study sigtermans2009
  respite evidence trials --condition fibromyalgia --trials mine.csv --format csv

mine.csv has one line for each figure of each arm; points from 0 to 10, shares in %:
  study,condition,arm,part,regimen,n,measure,time_days,value,sd
  ours,fibromyalgia,drug,ketamine,ketamine 40 mg iv over 1 h,20,mean_pain,7,4.5,2.1
  ours,fibromyalgia,saline,placebo,placebo iv over 1 h,20,mean_pain,7,5.6,2.3
""")

POOL = _("""\
Examples:
  respite evidence pool --condition crps --at 7d
  respite evidence pool --measure responders --at 7d
  respite evidence pool --at 14d --trials my-trials.csv --report my-report
""")

CERTAINTY = _("""\
Examples:
  respite evidence certainty
  respite evidence certainty --condition fibromyalgia --format json
""")

MODELS_LIST = _("""\
Examples:
  respite models list
  respite models list --format csv
""")

MODELS_SHOW = _("""\
Examples:
  respite models show NAME
  respite models show NAME --format json
""")

MODELS_CHECK = _("""\
Examples:
  respite models check
  respite models check --format json
""")

MODELS_CITE = _("""\
Examples:
  respite models cite NAME
  respite models cite NAME --format json
""")

CLINIC_SERVE = _("""\
Examples:
  respite clinic serve
  respite clinic serve --port 9000
  RESPITE_CLINIC_HOME=/srv/north respite clinic serve
""")

CLINIC_DEMO = _("""\
Examples:
  respite clinic demo
  respite clinic demo --patients 12 --port 9000
""")

CLINIC_INVITE = _("""\
Examples:
  respite clinic invite --role administrator --name "Ada Holm" --clinic North \
      --phone "0100 100" --urgent-phone "0100 999"
  respite clinic invite --role nurse --name "Nora Feld" --clinic North
""")

CLINIC_WEB = _("""\
Examples:
  respite clinic web
  respite clinic web --processes 4 --port 9000

It serves pages alone: start `respite clinic worker` beside it, once or several times.
""")

CLINIC_WORKER = _("""\
Examples:
  respite clinic worker

`respite clinic serve` starts one by itself.
""")

CLINIC_TICK = _("""\
Examples:
  respite clinic tick

A worker does it every few seconds by itself.
""")

CLINIC_READ = _("""\
Examples:
  respite clinic read
  respite clinic read --port 8080
""")

CLINIC_BACKUP = _("""\
Examples:
  respite clinic backup north.copy

Keep the file as you would keep the records: it holds everything.
""")

CLINIC_RESTORE = _("""\
Examples:
  RESPITE_CLINIC_HOME=/srv/new respite clinic restore north.copy
""")

CLINIC_UPGRADE = _("""\
Examples:
  respite clinic upgrade

Take a copy with the release before: `respite clinic backup before.copy`.
""")

CLINIC_CHECK = _("""\
Examples:
  respite clinic check
""")
