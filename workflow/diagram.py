"""A machine's table as a diagram to read; the README's is drawn from it and compared by a test."""

from workflow.machine import Machine


def mermaid(machine: Machine, start: str) -> str:
    """The states and steps of a machine as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {start}"]
    for row in machine:
        words = row.name.replace("_", " ")
        law = f", {row.law}" if row.law else ""
        for source in sorted(row.sources):
            lines.append(f"    {source} --> {row.target}: {words}{law}")
    ends = sorted(state for state in machine.states if not list(machine.from_state(state)))
    return "\n".join([*lines, *(f"    {state} --> [*]" for state in ends)])
