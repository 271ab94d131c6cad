"""A room is easier to live in when it is small."""

from statistics import median

from tests.house.code import functions, modules, name, templates


def longer(paths, limit):
    return [f"{name(path)}: {lines} lines" for path in paths if (lines := path.read_text().count("\n")) > limit]


def test_no_module_is_over_400_lines():
    assert longer(modules(), 400) == []


def test_no_template_is_over_120_lines():
    assert longer(templates(), 120) == []


def test_functions_are_short():
    lines = sorted(function.lines for function in functions())
    assert median(lines) <= 8
    assert lines[int(len(lines) * 0.9)] <= 25


def test_hardly_a_function_is_over_50_lines():
    long = [function for function in functions() if function.lines > 50]
    assert len(long) <= len(functions()) * 0.01, long
