"""The notebook `first_number.ipynb`: its cells run in order, without Jupyter, and give their outputs as text.

    python -m tests.recipes.notebook --update

writes the outputs anew. Do so only where numbers are meant to move.
"""

import ast
import copy
import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

NOTEBOOK: Final = Path(__file__).with_name("first_number.ipynb")


def read() -> dict[str, Any]:
    """The notebook as it is kept."""
    kept: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return kept


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Its cells of code, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs that its cells give: what they print, and the value of a last expression."""
    run, names = copy.deepcopy(notebook), {}
    for count, cell in enumerate(code_cells(run), 1):
        body = ast.parse("".join(cell["source"])).body
        last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(ast.Module(body, []), NOTEBOOK.name, "exec"), names)
            value = eval(compile(last, NOTEBOOK.name, "eval"), names) if last else None
        cell["execution_count"], cell["outputs"] = count, []
        if text := printed.getvalue():
            cell["outputs"].append({"name": "stdout", "output_type": "stream", "text": text.splitlines(True)})
        if value is not None:
            data = {"text/plain": repr(value).splitlines(True)}
            result = {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
            cell["outputs"].append(result)
    return run


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    text = json.dumps(executed(read()), indent=1, ensure_ascii=False)
    NOTEBOOK.write_text(text + "\n", encoding="utf-8")
