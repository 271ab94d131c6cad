"""Every state machine is drawn in docs/states.md, and sound."""

import pytest

from clinic.dev.management.commands.draw_states import TARGET, document
from clinic.refusal import Refused
from clinic.states import MACHINES


def test_the_drawing_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == document(), "run manage.py draw_states"


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_state_can_be_reached_and_is_known(name):
    machine = MACHINES[name]
    assert {to for targets in machine.moves.values() for to in targets} <= set(machine.moves)
    seen, queue = {machine.start}, [machine.start]
    while queue:
        for to in machine.moves[queue.pop()]:
            if to not in seen:
                seen.add(to)
                queue.append(to)
    assert seen == set(machine.moves), "a state nothing leads to"


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_move_outside_the_table_is_refused(name):
    machine = MACHINES[name]
    for frm in machine.states:
        for to in machine.states:
            if to in machine.moves[frm]:
                machine.check(frm, to)
            else:
                with pytest.raises(Refused):
                    machine.check(frm, to)
