"""The demonstration: fictitious people, farms and cases; dates move with today."""
