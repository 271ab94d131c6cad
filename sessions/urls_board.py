"""Paths of the day board and of the board on a wall, taken into sessions.urls."""

from django.urls import path

from sessions.views import board, wall

urlpatterns = [
    path("board/", board.board_page, name="board"),
    path("board/fragment/", board.board_fragment, name="board-fragment"),
    path("board/calls/", board.board_calls, name="board-calls"),
    path("board/check-in/<uuid:pk>/", board.check_in, name="check-in"),
    path("wall/", wall.wall_page, name="wall"),
    path("wall/fragment/", wall.wall_fragment, name="wall-fragment"),
]
