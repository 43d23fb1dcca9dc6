"""Whether a page of this site made the browser send a request. Stored pages hold no token that could say so."""

from django.http import HttpRequest


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request. Only browsers set these headers, and no page of another site can.

    Browsers before 2023 may send the origin alone, and that only with a form that is posted.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
