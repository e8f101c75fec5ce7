"""Sign-in, sign-out, and whose figures are shown."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nhiemky.desk.access import actor, page
from nhiemky.desk.sample import sample_sign_in
from nhiemky.desk.scope import SESSION_KEY
from nhiemky.register import selectors


class SignIn(LoginView):
    """Django's sign-in; a workspace that holds samples says how to enter it."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sample": sample_sign_in()}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:sign-in")


@page("POST")
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Remember the organisation for this session; an unknown one changes nothing."""
    chosen = request.POST.get("organisation", "")
    if chosen in {str(one.pk) for one in selectors.organisations_to_show(actor(request))}:
        request.session[SESSION_KEY] = chosen
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back.startswith("/") else "desk:today")
