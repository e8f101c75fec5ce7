"""The settings as they are served: formats, headers, the key, the database's modes."""

import stat
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.test import Client
from django.utils import formats, translation

from nhiemky.config.keys import NAME, make_secret_key, secret_key


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dates_and_numbers_are_official_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2023, 3, 27)) == "27/03/2023"
        assert formats.number_format("1234567.8", use_l10n=True, force_grouping=True) == "1.234.567,8"


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    assert secret_key(tmp_path) != secret_key(tmp_path)
    make_secret_key(tmp_path)
    first = secret_key(tmp_path)
    make_secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.django_db
def test_pages_carry_secure_headers_and_are_vietnamese_first() -> None:
    answer = Client(headers={"accept-language": "en-US"}).get("/", follow=True)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Language"] == "vi"


@pytest.mark.django_db
def test_a_reader_may_choose_english() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/", follow=True).headers["Content-Language"] == "en"


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_foreign_keys() -> None:
    with pytest.raises(IntegrityError):  # kept when a change is committed
        Permission.objects.create(name="x", codename="x", content_type_id=4711)


def test_nothing_is_open_to_the_network() -> None:
    assert settings.DEBUG is False
    assert set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}
