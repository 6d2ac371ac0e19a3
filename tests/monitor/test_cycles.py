import gc

import pytest

from monitor.cycles import cycles_left_alone


@cycles_left_alone()
def _collecting_inside() -> bool:
    return gc.isenabled()


@cycles_left_alone()
def _fail() -> float:
    return 1 / 0


def test_cycles_are_searched_for_again_afterwards_even_after_a_fault() -> None:
    assert not _collecting_inside()
    with pytest.raises(ZeroDivisionError):
        _fail()
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with cycles_left_alone():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
