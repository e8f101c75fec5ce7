"""Registers the shared templates, static files and template tags with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "nhiemky.ui"
    label = "ui"
    verbose_name = "Giao diện chung"
