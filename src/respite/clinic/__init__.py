"""The clinic: evaluate, plan, treat, keep a diary, see the forecast move.

The only room with a database, a clock and a request. It may import ``report`` and below, never
``engine``. Its apps, in their one direction: ``audit`` (who read or wrote what), ``accounts`` (who
may sign in), ``patients`` (who they are, and what is known), ``treatments`` (plans and sessions),
``diaries`` (what patients write), ``forecasts`` (how long relief will last), ``surveillance``
(tests, and what they found), ``events`` (unwanted effects), ``contact`` (messages and reminders),
``letters`` (to the GP), ``worklist`` (who needs somebody) and ``numbers`` (outcomes and exports).
``knowledge`` (pages for anybody) stands apart. Each has the same
files: ``models`` are tables, ``access`` says who may see what, ``actions`` is the only writer,
``queries`` ask the tables in words of the clinic, then ``forms``, ``views`` and ``urls``.

Start with ``urls.py``, then ``access.py`` and ``actions.py`` of one app.
"""
