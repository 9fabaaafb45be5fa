"""An instance of three rooms and four patients, one of them beyond the horizon."""

EXAMPLE = """EXAMPLE
Rooms: 3
Patients: 4
Planning horizon: 5

DEPARTMENTS:
1 Surgery 0 0 | 1 1 2 2
2 Children 0 16 | 1 3

ROOMS:
11 a | 1 | 1 | N | 1 1 2 2 | 1 0
12 b | 2 | 1 | D | 2 1 | 0 1
13 c | 2 | 2 | F | 1 3 | 1 1

PATIENTS:
1 Ann 40 F | 0 3 | 1 1 3 | 0 | 0 0 | 0 0
2 Bob 50 M | 1 4 | 2 1 1 2 2 | 1 | 1 0 | 1 1
3 Cat 10 F | 2 9 | 1 3 7 | 0 | 0 0 | 1 0
4 Dan 30 M | 7 9 | 1 1 2 | 0 | 0 0 | 0 0

END.
"""
