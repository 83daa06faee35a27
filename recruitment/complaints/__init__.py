"""The law of complaints: words, moves, clocks, who may handle what, and what follows from it."""
