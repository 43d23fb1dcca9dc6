from wagtail.users.views.users import UserViewSet


class PersonViewSet(UserViewSet): ...
