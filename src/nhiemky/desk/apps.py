"""Registers the staff web with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nhiemky.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
