"""One setting chooses the store; a wrong one says what was found and what to write, never the password."""

from pathlib import Path

import pytest

from nhiemky.config.database import WrongAddress, databases

HERE = Path("/sổ")


def test_without_a_setting_the_store_is_a_file_of_the_workspace() -> None:
    for empty in ("", "  "):
        held = databases(empty, HERE)["default"]
        assert (held["ENGINE"], held["NAME"]) == ("django.db.backends.sqlite3", HERE / "register.sqlite3")
        assert held["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_is_taken_apart() -> None:
    held = databases("postgresql://văn:m%40t%2Fkh%E1%BA%A9u@may-chu.tinh.vn:5433/nhiemky?sslmode=require", HERE)[
        "default"
    ]
    assert held["ENGINE"] == "django.db.backends.postgresql"
    assert {key: held[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "nhiemky", "USER": "văn", "PASSWORD": "m@t/khẩu", "HOST": "may-chu.tinh.vn", "PORT": "5433",
    }  # fmt: skip
    assert held["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgresql:///nhiemky", ""),
        ("postgresql://vanphong@/nhiemky?host=/run/pg", "/run/pg"),
        ("postgres://vanphong@%2Frun%2FPg/nhiemky", "/run/Pg"),
        ("postgresql://vanphong@[::1]/nhiemky", "::1"),
    ],
)
def test_a_server_of_this_machine_may_be_reached_by_its_socket(address: str, host: str) -> None:
    assert databases(address, HERE)["default"]["HOST"] == host


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("mysql://lan:bimat@may/so", "mysql://"),
        ("nhiemky", "không phải một địa chỉ"),
        ("/var/lib/so.sqlite3", "không phải một địa chỉ"),
        ("postgresql://lan:bimat@may:54a2/so", "cổng"),
        ("postgresql://lan:bimat@may:99999/so", "cổng"),
        ("postgresql://lan:bimat@[may/so", "tên máy"),
        ("postgresql://lan:bimat@may", "chưa có tên cơ sở dữ liệu"),
        ("postgresql://lan:bimat@may/", "chưa có tên cơ sở dữ liệu"),
        ("postgresql://lan:bimat@may/so/khac", "so/khac"),
        ("postgresql://lan:bimat@may/so?password=bimat", "password"),
    ],
)
def test_a_wrong_address_says_what_was_found_and_what_to_write(address: str, found: str) -> None:
    with pytest.raises(WrongAddress) as error:
        databases(address, HERE)
    said = str(error.value)
    assert said.startswith("NHIEMKY_DATABASE: ")
    assert found in said
    assert "postgresql://tên:mật-khẩu@máy:5432/" in said
    assert "bimat" not in said
