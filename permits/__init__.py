"""The law of the permit: pure values, tables and functions; no I/O, no framework, no clock."""
