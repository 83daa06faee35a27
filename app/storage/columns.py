"""What columns have in common: the classes of the law, as the `info` beside them, and instants."""

from typing import Any

from sqlalchemy import DateTime

from permits.data_classes import DataClass

Info = dict[Any, Any]
"""What a column tells about people (`data_classes.class_of`)."""

PUBLIC: Info = {"class": DataClass.PUBLIC.value}
OPERATIONAL: Info = {"class": DataClass.OPERATIONAL.value}
PSEUDONYMOUS: Info = {"class": DataClass.PSEUDONYMOUS.value}
PERSONAL: Info = {"class": DataClass.PERSONAL.value}
SENSITIVE: Info = {"class": DataClass.SENSITIVE.value}
SECRET: Info = {"class": DataClass.SECRET.value}

INSTANT = DateTime(timezone=True)
"""An aware moment."""
