"""The Python API: functions that take what a program has, and results that show themselves."""
