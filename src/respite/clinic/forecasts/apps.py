"""Where the forecasts hear of what was written about patients."""

from __future__ import annotations

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """Asks for a forecast after every write about a patient."""

    name = "respite.clinic.forecasts"

    def ready(self) -> None:
        """Have every write told; see ``audit/after.py``."""
        from respite.clinic.audit.after import after_write
        from respite.clinic.forecasts.actions import heard

        after_write(heard)
