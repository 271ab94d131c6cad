from tests.people import signed_in
from tests.sessions.screens import begin, full_board
import re
def test_dbg(everyone, monkeypatch):
    begin(monkeypatch, 42)
    b=full_board(everyone)
    html = signed_in(everyone.nurse).get("/board/").content.decode()
    i=html.index('<main'); print(re.sub(r'<svg.*?</svg>','[svg]',html[i:],flags=re.S)[:9000])
