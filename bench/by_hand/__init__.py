"""Scoring many sheets without `iop-fit score`, in the three ways in which a person would write it; each a program.

Each reads the table of a population, and writes for every row the id, the direction that the answers support, whether
each alert is raised, and the fired rules. `iop-fit score` writes more: what skipped answers leave open, additions,
areas and problems.
"""
