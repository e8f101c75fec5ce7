"""The event log: rows are added, never changed; each carries the digest of the one before it."""

import json
from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """Someone tried to change or delete an event."""

    def __init__(self) -> None:
        super().__init__("Nhật ký chỉ được ghi thêm, không được sửa hay xóa.")


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly


class Event(models.Model):
    """Who did what, when. `payload` is canonical JSON, kept as text so that the digest never depends on a database."""

    seq = models.BigIntegerField("số", primary_key=True)
    at = models.DateTimeField("lúc")
    actor = models.CharField("ai", max_length=150)
    verb = models.CharField("việc", max_length=40)
    subject_type = models.CharField("loại", max_length=20)
    subject_id = models.CharField("mã", max_length=40)
    payload = models.TextField("nội dung")
    previous = models.CharField("mã dòng trước", max_length=64)
    digest = models.CharField("mã dòng này", max_length=64)

    objects = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "nhật ký"
        ordering = ("seq",)
        indexes = (models.Index(fields=("subject_type", "subject_id"), name="event_by_subject"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject_type} {self.subject_id}"

    @property
    def data(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.payload)
        return loaded

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly


class LogHead(models.Model):
    """The last event's number and digest (one row): shows rows cut off the end, and serialises writers."""

    seq = models.BigIntegerField("số cuối")
    digest = models.CharField("mã cuối", max_length=64)

    class Meta:
        verbose_name = "đầu nhật ký"
        verbose_name_plural = "đầu nhật ký"

    def __str__(self) -> str:
        return str(self.seq)
