"""The board of states: a column each, who has been there longest, and what to do next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from comptes.models import User
from solos.admin.pages import DirectoryPages
from solos.admin.perimeter import Perimeter, read_key
from solos.domain.board import Column, Move, compose_board, move_solo
from solos.models import Solo


class BoardPages(DirectoryPages):
    def get_urls(self) -> list[URLPattern]:
        own = self.page_urls([("tableau/", self.board_view, "board")])
        return [*own, *super().get_urls()]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        self.check_reader(request)
        perimeter = Perimeter.asked(request)
        if request.method == "POST":
            return self._move(request, perimeter)
        columns = compose_board(perimeter.narrow(self.readable(request)))
        return self.page(
            request,
            "board",
            _("Où en est chacun"),
            rows=sum(len(column.cards) for column in columns),
            perimeter=perimeter,
            columns=[(column, _list_of(column, perimeter)) for column in columns],
            may_act=self.has_change_permission(request),
        )

    def _move(self, request: HttpRequest, perimeter: Perimeter) -> HttpResponse:
        """One button sends one solo's key and one move."""
        word, _colon, text = request.POST.get("move", "").partition(":")
        key = read_key(text)
        here = HttpResponseRedirect(f"{reverse('admin:solos_solo_board')}?{perimeter.query}")
        if word not in Move.values or key is None:
            messages.warning(request, _("Cet envoi est incomplet : recommencez."))
            return here
        move = Move(word)

        def act(*, solo: Solo, author: User) -> Solo:
            return move_solo(solo=solo, move=move, author=author)

        self.act(request, self.changeable(request).filter(pk=key), act, str(move.label))
        return here


def _list_of(column: Column, perimeter: Perimeter) -> str:
    """The list of all who are in that column."""
    filters = {"state__in": column.key, **perimeter.list_filters}
    return reverse("admin:solos_solo_changelist", query=filters)
