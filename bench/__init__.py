"""Measure the speed and memory of iop-fit beside other programs, and write a page about it: run by `make bench`.

Whole processes run in turn, one round after the other, so that a slow minute of the computer falls on all of them.
Neither pyperf nor hyperfine does that: both finish one command before they begin the next. So a loop of our own runs
them. pyperf describes the computer and keeps every value; `python -m pyperf compare_to --table before.json after.json`
compares two days.
"""
