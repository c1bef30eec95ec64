"""Tables of advice on plans."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was asked, what was answered, and what came of it."""

    dependencies = [("treatments", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AdviceQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("proposals", "proposals"), ("comparison", "plans side by side")],
                        max_length=12,
                    ),
                ),
                ("inputs", models.JSONField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("client_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="patients.patientrecord",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="AdviceAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answer", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("refusal", models.JSONField(default=dict)),
                ("library_digest", models.CharField(max_length=64)),
                ("made_with", models.CharField(max_length=40)),
                ("seed", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="treatments.advicequestion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdviceRuling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "ruling",
                    models.CharField(
                        choices=[
                            ("accepted", "reviewed and accepted"),
                            ("changed", "reviewed and changed"),
                            ("rejected", "reviewed and rejected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="treatments.advicequestion",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatments.planrecord",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
    ]
