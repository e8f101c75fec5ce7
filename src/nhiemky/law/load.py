"""YAML files of parameters → the law: what is in force on a day, the calendar, what ought to be checked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from nhiemky.law.calendar import HOLIDAYS, WEEKLY_REST, Calendar, calendar_of
from nhiemky.law.parameters import LawError, Parameter, Warned, parameter_of

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Law:
    """All parameters by id; handed to assessments as an argument."""

    parameters: Mapping[str, Parameter]

    def parameter(self, name: str) -> Parameter:
        found = self.parameters.get(name)
        if found is None:
            held = ", ".join(sorted(self.parameters))
            raise LawError(f"không có tham số {name}; đang có: {held}", f"no parameter {name}; held are: {held}")
        return found

    def value(self, name: str, on: date) -> Any:
        """The value in force on that day."""
        return self.parameter(name).on(on).value

    def whole(self, name: str, on: date) -> int:
        """The value in force as a whole number, 0 or more."""
        found = self.value(name, on)
        if type(found) is not int or found < 0:
            file = self.parameter(name).file
            raise LawError(
                f"{file}, {name}: gặp {found!r}, cần một số nguyên từ 0",
                f"{file}, {name}: found {found!r}, expected a whole number from 0",
            )
        return found

    def warnings(self, today: date) -> tuple[Warned, ...]:
        """Every parameter that nobody has compared with its source for 18 months."""
        return tuple(warned for one in self.parameters.values() for warned in one.warnings(today))

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.parameter(WEEKLY_REST), self.parameter(HOLIDAYS))


@lru_cache(maxsize=8)
def load(folder: Path = DATA) -> Law:
    """The parameters of all files of a folder; LawError names the file that does not load, and why."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for one in _read(path):
            if one.id in found:
                other = found[one.id].file
                raise LawError(
                    f"{path.name}: tham số {one.id} đã có trong {other}; mỗi tham số viết một nơi",
                    f"{path.name}: parameter {one.id} is already in {other}; each is written once",
                )
            found[one.id] = one
    return Law(found)


def _read(path: Path) -> list[Parameter]:
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:
        said = " ".join(str(error).split())
        raise LawError(f"{path.name}: không phải YAML đúng: {said}", f"{path.name}: no valid YAML: {said}") from error
    rows = told if isinstance(told, list) else [told]
    return [parameter_of(row, path.name) for row in rows]
