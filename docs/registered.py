"""Reading names that are made by a call: `math = category_task(...)` has its docstring only when it runs."""

from typing import Any

import griffe

MODULE = "inspect_homog.tasks"


class Registered(griffe.Extension):
    """Puts the tasks as imported in the place of the assignments that griffe reads from the source."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:
        """Once the whole package is read."""
        room, _, name = MODULE.partition(".")
        if pkg.path != room:
            return
        imported = griffe.inspect(name, parent=pkg)
        for member in list(pkg[name].attributes.values()):
            known = imported.members.get(member.name)
            if member.docstring is None and known is not None and known.is_function:
                pkg[name].set_member(member.name, known)
