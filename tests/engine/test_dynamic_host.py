"""The dynamic-provider host, as the real CLI uses it."""

from __future__ import annotations

from engine_fixture import Project

_THING = """\
    import os
    from pulumi.dynamic import (
        CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult,
    )

    class ThingProvider(ResourceProvider):
        def create(self, props):
            return CreateResult("thing-1", {"size": props["size"], "folder": os.getcwd()})

        def diff(self, _id, olds, news):
            return DiffResult(changes=olds["size"] != news["size"])

        def update(self, _id, olds, news):
            return UpdateResult({"size": news["size"], "folder": os.getcwd()})

        def read(self, id_, props):
            return ReadResult(id_, props)

    class Thing(Resource, module="test", name="Thing"):
        size: object
        folder: object

        def __init__(self, name, size):
            super().__init__(ThingProvider(), name, {"size": size, "folder": None})
    """


def test_a_dynamic_resource_goes_through_its_life(project: Project) -> None:
    """Create, no change, update, refresh and destroy of a dynamic resource, without a warning."""
    project.write("things.py", _THING)
    program = "import pulumi, things\nt = things.Thing('t', {})\npulumi.export('thing', t.size)\n"
    project.write("__main__.py", program.format(1))
    assert "2 created" in project.pulumi("up", "--yes")
    assert "2 unchanged" in project.pulumi("up", "--yes")

    project.write("__main__.py", program.format(2))
    assert "1 updated" in project.pulumi("up", "--yes")
    assert project.outputs() == {"thing": 2}

    for arguments in (("refresh", "--yes"), ("destroy", "--yes")):
        shown = project.pulumi(*arguments)
        assert "warning" not in shown
        assert "Traceback" not in shown


def test_a_provider_cannot_import_what_only_this_checkout_has(project: Project) -> None:
    """A provider that needs the checkout on its search path would fail with the official host."""
    importing = "import localtenant; return CreateResult"
    project.write("things.py", _THING.replace("return CreateResult", importing))
    project.write("__main__.py", "import things\nthings.Thing('t', 1)\n")

    assert "No module named 'localtenant'" in project.pulumi("up", "--yes", check=False)
