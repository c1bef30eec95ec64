"""Does the pain model agree with trials, and what do trials say of its numbers?

A model-based meta-analysis: arms of trials are simulated by the model of the
forecasts, and its typical values follow from what was seen. Start with
``trials``, what is compared; then ``atlas``, ``unknowns`` and ``expected``,
how an arm is simulated; ``likelihood`` and ``elliptical``, how numbers are
found; and ``fit``, where trials become numbers.
"""
