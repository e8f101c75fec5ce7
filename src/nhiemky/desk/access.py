"""Who may see and do: every page needs a sign-in, every write a POST; errors of services become words on the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from nhiemky.register.actors import Actor, actor_of
from nhiemky.register.errors import NotFound

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(*methods: str) -> Callable[[View[P]], View[P]]:
    """A view for signed-in staff that answers only these methods (GET when none is named); missing records are 404."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def found(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotFound as error:
                raise Http404(error.message) from error

        allowed = list(methods) or ["GET", "HEAD"]
        answer: Any = require_http_methods(allowed)(login_required(found))
        return answer  # type: ignore[no-any-return]

    return wrap


def actor(request: HttpRequest) -> Actor:
    return actor_of(request.user)
