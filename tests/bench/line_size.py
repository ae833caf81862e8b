"""The program's size."""

import os

import harness


def measure():
    size = os.path.getsize(harness.program()) / 1e6
    return [harness.row("the program, one file", "≤ 45 MB", f"{size:.1f} MB", met=size <= 45)]
