"""Request → whose figures are shown: organisation (kept in the session), term and as-of date (from the address)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor
from nhiemky.register import selectors
from nhiemky.register.selectors import Organisation
from nhiemky.values.figures import day, parse_day
from nhiemky.values.period import Term

SESSION_KEY = "organisation"
_CACHE = "_nhiemky_scope"


@dataclass(frozen=True)
class Scope:
    """`as_of_error` says why a typed date was not taken; the default date is then used."""

    organisation: Organisation | None
    organisations: tuple[Organisation, ...]
    term: str
    terms: tuple[str, ...]
    as_of: date
    as_of_typed: str = ""
    as_of_error: str = ""

    @property
    def term_span(self) -> Term:
        return Term.parse(self.term)


def scope_of(request: HttpRequest) -> Scope:
    """The scope of this request, worked out once."""
    cached = getattr(request, _CACHE, None)
    if isinstance(cached, Scope):
        return cached
    scope = _work_out(request)
    setattr(request, _CACHE, scope)
    return scope


def follow(request: HttpRequest, organisation_id: int) -> None:
    """A link into another organisation's record brings the other screens along to it."""
    if any(one.pk == organisation_id for one in selectors.organisations_to_show(actor(request))):
        request.session[SESSION_KEY] = str(organisation_id)
        request.__dict__.pop(_CACHE, None)


def _work_out(request: HttpRequest) -> Scope:
    organisations = selectors.organisations_to_show(actor(request))
    chosen = str(request.session.get(SESSION_KEY, ""))
    organisation = next(
        (one for one in organisations if str(one.pk) == chosen), organisations[0] if organisations else None
    )
    terms = selectors.terms(organisation.pk) if organisation else ()
    asked = request.GET.get("term", "")
    term = asked if asked in terms else (terms[0] if terms else "")
    typed = request.GET.get("as_of", "").strip()
    as_of = read_day(typed)
    today = timezone.localdate()
    wrong = _day_error(typed, as_of, term, today)
    if as_of is None or wrong:
        as_of = selectors.board_day(organisation.pk, term, today) if organisation else today
    return Scope(organisation, organisations, term, terms, as_of, typed[:10], wrong)


def _day_error(typed: str, found: date | None, term: str, today: date) -> str:
    """Why a typed day is not taken; empty where it is, or where none was typed."""
    if not typed:
        return ""
    if found is None:
        return (
            _("Ngày “%s” không đọc được; cần một ngày có thật, dạng 30/06/2023. Đang xem số liệu mới nhất.")
            % typed[:20]
        )
    if found > today:
        return _("Ngày %s chưa đến. Đang xem số liệu mới nhất.") % day(found)
    if term and found < Term.parse(term).first_day:
        return _("Ngày %(day)s trước nhiệm kỳ %(term)s. Đang xem số liệu mới nhất.") % {"day": day(found), "term": term}
    return ""


def read_day(typed: str) -> date | None:
    """`30/06/2023` (or `2023-06-30`) → a date; anything else → None."""
    try:
        return parse_day(typed)
    except ValueError:
        return None


def half_years(term: Term) -> list[date]:
    """The days figures are usually closed on: 30/06 and 31/12 of every year of the term."""
    return [on for year in term.years for on in (date(year, 6, 30), date(year, 12, 31))]


def time_left(on: date, end: date) -> str:
    """`còn 2 năm 6 tháng` to the end of the term; empty when it is over."""
    months = (end.year - on.year) * 12 + end.month - on.month + (1 if on.day < 15 else 0)
    years, rest = divmod(max(months, 0), 12)
    if years and rest:
        return _("còn %(years)s năm %(months)s tháng") % {"years": years, "months": rest}
    if years:
        return _("còn %s năm") % years
    return _("còn %s tháng") % rest if rest else ""
