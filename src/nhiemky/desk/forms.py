"""Forms of the desk: what a person types → checked values; an error stands at its field and says what was expected."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nhiemky.register.errors import ServiceError
from nhiemky.register.services import check_review_day
from nhiemky.ui.statuses import name
from nhiemky.values.figures import day, figure, iso_day, parse_day, parse_figure, roman
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.language import Unreadable
from nhiemky.values.period import Period, Term

Read = TypeVar("Read")


class FigureField(forms.CharField):
    """A figure typed as in Vietnam (`1.234,5`) → Decimal; shown the same way."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return figure(value) if isinstance(value, Decimal | int | float) else value

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        return _read(parse_figure, typed) if typed else None

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Length is checked on what was typed, before it is a number."""


class DayField(forms.CharField):
    """A day typed as dd/mm/yyyy → date."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "31/12/2023", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=10, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value))
        return _read(parse_day, typed) if typed else None


class Polite(forms.Form):
    """A form whose messages for an empty field are ours; Django's Vietnamese is not how offices speak."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self._tell(field)

    def _tell(self, field: forms.Field) -> None:
        field.error_messages["required"] = _("Ô này bắt buộc. Hãy nhập rồi gửi lại.")
        if isinstance(field, forms.IntegerField):
            field.error_messages["invalid"] = _("Cần một số nguyên, như 2023.")
        if isinstance(field, forms.ChoiceField):
            field.error_messages["invalid_choice"] = _("Gặp “%(value)s”; hãy chọn một mục trong danh sách.")
        _own_words(field)

    def refuse(self, at: str, message: str) -> None:
        """An error of a service, at the field that shows what it speaks of, else over the whole form."""
        at = {"period": "year", "target_id": "target"}.get(at, at)
        self.add_error(at if at in self.fields else None, message)


def _own_words(field: forms.Field) -> None:
    """Bounds told the way offices speak."""
    for check in field.validators:
        if isinstance(check, MinValueValidator | MaxValueValidator):
            years = getattr(field, "max_value", None) == 2100
            check.message = _("Cần một năm từ 1990 đến 2100.") if years else _("Cần một số từ 0 đến 1.000.000.000.")
        elif isinstance(check, MaxLengthValidator):
            check.message = _("Dài %(show_value)s ký tự; cần không quá %(limit_value)s.")


def period_parts() -> list[tuple[str, str]]:
    """The parts of a year that figures are told of, the whole first."""
    parts = [("", _("cả năm")), ("H1", _("6 tháng đầu năm")), ("9M", _("9 tháng đầu năm"))]
    parts += [("H2", _("6 tháng cuối năm")), *((f"Q{one}", _("quý %s") % roman(one)) for one in range(1, 5))]
    return parts + [(f"M{one:02d}", _("tháng %s") % one) for one in range(1, 13)]


class PeriodMixin(Polite):
    """Two inputs, a year and a part of it, that together name a period (`2023-H1`)."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"),
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    part = forms.ChoiceField(label=gettext_lazy("Kỳ"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["part"], period_parts())

    def period(self) -> Period | None:
        year = self.cleaned_data.get("year")
        return Period(year, self.cleaned_data.get("part") or None) if year else None


class PeriodForm(PeriodMixin):
    """A period to close or to open again, with the reason."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=600)
    field_order = ("year", "part", "reason")


class AsOfMixin(Polite):
    """The day that figures are of: none after `today`."""

    as_of = DayField(label=gettext_lazy("Số liệu đến ngày"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date:
        as_of: date = self.cleaned_data["as_of"]
        if as_of > self.today:
            raise forms.ValidationError(_("Ngày %s chưa đến; số liệu chỉ tính đến hôm nay.") % day(as_of))
        return as_of


class ResultFactForm(PeriodMixin):
    """Corrections to a result that a reading proposes."""

    indicator = forms.CharField(label=gettext_lazy("Chỉ số"), max_length=300)
    value = FigureField(label=gettext_lazy("Giá trị"))
    high = FigureField(label=gettext_lazy("Đến (nếu là khoảng)"), required=False)
    unit = forms.CharField(label=gettext_lazy("Đơn vị"), max_length=60, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Loại số"), required=False)
    planned = FigureField(label=gettext_lazy("Kế hoạch"), required=False)
    ratio = FigureField(label=gettext_lazy("So với kế hoạch (%)"), required=False)
    field_order = ("indicator", "value", "unit", "year", "part", "kind", "high", "planned", "ratio")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], [("", _("theo câu văn")), *((one.value, name(one)) for one in ResultKind)])

    def edits(self) -> dict[str, Any]:
        data = self.cleaned_data
        numbers = {key: _plain(data[key]) for key in ("value", "high", "planned", "ratio")}
        said = {"kind": data["kind"]} if data["kind"] else {}
        return {"indicator": data["indicator"], "unit": data["unit"], "period": str(self.period()), **numbers, **said}


class TargetFactForm(Polite):
    """Corrections to a target that a reading proposes."""

    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=300)
    direction = forms.ChoiceField(label=gettext_lazy("Yêu cầu"))
    low = FigureField(label=gettext_lazy("Mức"), required=False)
    high = FigureField(label=gettext_lazy("Đến mức"), required=False)
    unit = forms.CharField(label=gettext_lazy("Đơn vị"), max_length=60, required=False)
    meaning = forms.ChoiceField(label=gettext_lazy("Cách tính"), required=False)
    by = forms.IntegerField(
        label=gettext_lazy("Đến năm"), min_value=1990, max_value=2100, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    baseline = FigureField(label=gettext_lazy("Số gốc"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["direction"], [(one.value, name(one)) for one in Direction])
        guess = [("", _("theo câu văn")), *((one.value, name(one)) for one in PeriodMeaning)]
        _choose(self.fields["meaning"], guess)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high, direction = data.get("low"), data.get("high"), data.get("direction")
        if direction == Direction.RANGE and (low is None or high is None) and not self.errors:
            self.add_error("high", _("Một khoảng cần cả hai mức: từ mức và đến mức."))
        elif low is not None and high is not None and low > high:
            self.add_error("high", _("Mức sau phải lớn hơn mức trước."))
        return data

    def edits(self) -> dict[str, Any]:
        data = self.cleaned_data
        numbers = {key: _plain(data[key]) for key in ("low", "high", "baseline")}
        words = {key: data[key] for key in ("indicator", "direction", "unit")}
        said = {"meaning": data["meaning"]} if data["meaning"] else {}
        return {**words, **numbers, "by": str(data["by"]) if data["by"] else None, **said}


class WhenField(forms.CharField):
    """A day, month or year typed as in Vietnam (`30/09/2023`, `09/2023`, `2023`) → ISO text; shown the same way."""

    def prepare_value(self, value: Any) -> Any:
        return iso_day(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        found = _when(typed)
        if found is None:
            raise forms.ValidationError(
                _("Gặp “%s”, cần một ngày, tháng hay năm có thật: 30/09/2023, 09/2023 hoặc 2023.") % typed
            )
        return found


def _when(typed: str) -> str | None:
    with suppress(Unreadable):
        return parse_day(typed).isoformat()
    month = re.fullmatch(r"(0?[1-9]|1[0-2])/(\d{4})", typed)
    if month:
        return f"{month[2]}-{int(month[1]):02d}"
    return typed if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", typed) else None


class WordsForm(Polite):
    """Corrections to any other fact: its texts, counts and days as they are; what is empty becomes unknown."""

    def __init__(self, *args: Any, fact: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, value in fact.items():
            if key in LABELS and not isinstance(value, list | dict):
                self.fields[key] = _words_field(key)
                self._tell(self.fields[key])

    def clean_term(self) -> str | None:
        typed: str = self.cleaned_data["term"].strip()
        return str(_read(Term.parse, typed)) if typed else None

    def edits(self) -> dict[str, Any]:
        return {key: None if typed == "" else typed for key, typed in self.cleaned_data.items()}


def _words_field(key: str) -> forms.Field:
    label, needed = LABELS[key], key in NEEDED
    if key in COUNTED:
        number = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(label=label, required=needed, min_value=0, max_value=10**9, widget=number)
    if key in ("date", "by"):
        return WhenField(label=label, required=False, max_length=10)
    return forms.CharField(label=label, required=needed, max_length=600)


COUNTED = frozenset(("ordinal", "year", "count", "years", "total", "achieved", "exceeded", "expected"))
NEEDED = frozenset(("number", "ordinal", "name", "text", "count", "recipients", "years"))
LABELS = {
    "number": gettext_lazy("Số, ký hiệu"),
    "date": gettext_lazy("Ngày"),
    "issuer": gettext_lazy("Nơi ban hành"),
    "subject": gettext_lazy("Trích yếu"),
    "name": gettext_lazy("Tên"),
    "ordinal": gettext_lazy("Lần thứ"),
    "term": gettext_lazy("Nhiệm kỳ"),
    "text": gettext_lazy("Nội dung"),
    "by": gettext_lazy("Hạn"),
    "organisation": gettext_lazy("Tổ chức"),
    "year": gettext_lazy("Năm"),
    "count": gettext_lazy("Số lượng"),
    "recipients": gettext_lazy("Người nhận"),
    "reason": gettext_lazy("Lý do"),
    "years": gettext_lazy("Số năm"),
    "total": gettext_lazy("Tổng số chỉ tiêu"),
    "achieved": gettext_lazy("Đã đạt"),
    "exceeded": gettext_lazy("Đã vượt"),
    "expected": gettext_lazy("Dự kiến đạt"),
}
FactForm = ResultFactForm | TargetFactForm | WordsForm


def fact_form(kind: str, fact: dict[str, Any], period: Period | None, data: Any = None) -> FactForm:
    """The form that fits the kind of fact, filled with what the reading found, or `period` where that is inferred."""
    if kind == "results":
        return ResultFactForm(data, initial={**fact, **_period_inputs(fact.get("period") or period)})
    if kind == "targets":
        return TargetFactForm(data, initial=fact)
    return WordsForm(data, fact=fact, initial=fact)


class AddResultForm(PeriodMixin, AsOfMixin):
    """A result entered by hand for one target."""

    value = FigureField(label=gettext_lazy("Giá trị"), help_text=gettext_lazy("Ví dụ 91,8 hoặc 1.234"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại số"))
    note = forms.CharField(
        label=gettext_lazy("Nguồn, ghi chú"),
        max_length=600,
        help_text=gettext_lazy("Biểu, công văn hoặc người cung cấp"),
    )
    field_order = ("year", "part", "value", "kind", "as_of", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], [(one.value, name(one)) for one in ResultKind])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        period = self.period()
        if period and data.get("kind") == ResultKind.OFFICIAL and period.end > self.today:
            self.add_error("kind", _("Kỳ này chưa kết thúc nên chưa có số chính thức; hãy chọn ước hoặc dự báo."))
        return data


class ReviewForm(AsOfMixin):
    """What a mid-term review is about: a term and the day its figures are of."""

    term = forms.ChoiceField(label=gettext_lazy("Nhiệm kỳ"))
    field_order = ("term", "as_of")

    def __init__(self, *args: Any, terms: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["term"], [(term, term.replace("-", " – ")) for term in terms])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("term") and data.get("as_of"):
            try:
                check_review_day(Term.parse(data["term"]), data["as_of"])
            except ServiceError as error:
                self.refuse(error.field, error.message)
        return data


def _period_inputs(period: str | Period | None) -> dict[str, Any]:
    try:
        read = Period.parse(str(period)) if period else None
    except ValueError:
        read = None
    return {"year": read.year, "part": read.part or ""} if read else {}


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Choices in the reader's language, so set at each request."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _read(parse: Callable[[str], Read], typed: str) -> Read:
    """What was typed, or why it cannot be read."""
    try:
        return parse(typed)
    except Unreadable as error:
        raise forms.ValidationError(error.sentence(get_language())) from error
