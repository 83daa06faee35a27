"""The only SQL: one room a noun; returns values of the law, never rows."""
