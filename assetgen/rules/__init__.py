"""Checks: each module looks at a painted asset and yields findings; its docstring says why it matters."""
