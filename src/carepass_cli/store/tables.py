"""All tables, for whoever goes through the whole schema: undo, copies between engines, migrations.

A write imports the tables that it writes to and no others: each costs time to build.
"""

from sqlmodel import SQLModel

# By being imported they are in the metadata.
from carepass_cli.store import models, models_catalog, models_passport, models_training  # noqa: F401

METADATA = SQLModel.metadata
