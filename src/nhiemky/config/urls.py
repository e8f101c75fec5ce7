"""All addresses: the desk's, and Django's own switch of language."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("nhiemky.desk.urls")),
]

handler400 = "nhiemky.desk.views.trouble.refused"
handler500 = "nhiemky.desk.views.trouble.failed"
