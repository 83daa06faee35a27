"""The ethical checks R01–R40: one pure rule each, with its source, severity and parameters."""
