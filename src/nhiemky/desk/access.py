"""Who may see and do: every page needs a sign-in, every write a POST; a record of an organisation that the account may
not look at is a page 403. Errors of services become words on the page."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor, actor_of
from nhiemky.register.errors import NotFound, Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(*methods: str) -> Callable[[View[P]], View[P]]:
    """A view for signed-in staff that answers only these methods (GET when none is named); missing records are 404.

    What an address names (`target_id`, `document_id` …) is looked up first: whose it is decides who may see it. A view
    with an id of a kind that `selectors.OWNERS` does not know fails when it is loaded.
    """

    def wrap(view: View[P]) -> View[P]:
        named = _named_in(view)

        @wraps(view)
        def found(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                for kind in named:
                    _look(request, kind, kwargs[f"{kind}_id"])
                return view(request, *args, **kwargs)
            except NotFound as error:
                raise Http404(error.message) from error

        allowed = list(methods) or ["GET", "HEAD"]
        answer: Any = require_http_methods(allowed)(login_required(found))
        return answer  # type: ignore[no-any-return]

    return wrap


def actor(request: HttpRequest) -> Actor:
    return actor_of(request.user)


def _look(request: HttpRequest, kind: str, key: Any) -> None:
    try:
        access.require(actor(request), Power.READ, selectors.owner(kind, key))
    except Refused as error:
        raise PermissionDenied(error.message) from error


def _named_in(view: Callable[..., Any]) -> tuple[str, ...]:
    kinds = tuple(name.removesuffix("_id") for name in inspect.signature(view).parameters if name.endswith("_id"))
    unknown = set(kinds) - set(selectors.OWNERS)
    if unknown:
        raise TypeError(f"{view.__name__}: selectors.OWNERS does not say whose a {', '.join(sorted(unknown))} is")
    return kinds
