"""Do the intervals mean what they say? ``make calibrate`` asks thousands of virtual patients.

Start with ``scenarios``, the questions that are asked; then ``virtual``, where a patient and a
diary are made; ``asking``, the one place that calls the forecast; ``metrics``, what is read from
an answer beside the truth; ``page``, how it is told.
"""
