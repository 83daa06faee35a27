"""What programs send of a complaint, and what they read of it by its number."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.web.api.fields import Line, Text
from recruitment.complaints.filed import Evidence, Side
from recruitment.complaints.words import Category, DangerSign, Filing, Outcome, Request, Status

FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["number", "files"],
                    "properties": {
                        "number": {"type": "string"},
                        "after": {"type": "integer", "description": "As in `answerComplaint`."},
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "Photos, PDF or sounds; five at once, 5 MB each.",
                        },
                    },
                }
            }
        },
    }
}


class FormReply(BaseModel):
    """A form that was opened: it holds the number to come, sealed."""

    form: str = Field(description="Goes along with `fileComplaint`; good for two days.")


class ComplaintInput(BaseModel):
    """What somebody tells. Who files without a name leaves `name` and `reach` empty."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "form": "AQmB…",
                    "filing": "anonymous",
                    "categories": ["document-retained"],
                    "words": "El dueño guarda nuestros pasaportes.",
                    "department": "HN-CP",
                }
            ]
        },
    )

    form: Annotated[str, Field(max_length=2000, description="From `openComplaintForm`.")]
    filing: Filing = Field(description="Who tells it; `check-in` is the service's own.")
    categories: list[Category] = Field(max_length=40)
    words: Text
    signs: list[DangerSign] = Field([], max_length=20, description="What is so at this moment.")
    department: Line = Field("", description="By ISO 3166-2.", examples=["HN-CP"])
    employer: Line = ""
    place: Line = ""
    when: Line = ""
    name: Line = ""
    reach: Line = Field("", description="How to reach who tells it.")
    about: Line = Field("", description="Whom it is about, where a third party tells it.")


class NumberInput(BaseModel):
    """The sixteen digits, which nothing here keeps."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"number": "2026 1128 4477 0310"}]}
    )

    number: Line


class MessageInput(NumberInput):
    """What a complainant adds."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"number": "2026 1128 4477 0310", "after": 2, "words": "En la finca del río."}
            ]
        },
    )

    after: int = Field(0, ge=0, le=1000, description="`place` of the last message that was seen.")
    words: Text = ""
    asks: Request | None = Field(None, description="One of `may_ask`.")


class NumberReply(BaseModel):
    """What leads back to it; the same form gives the same number."""

    number: str = Field(examples=["2026 1128 4477 0310"])


class MessageReply(BaseModel):
    """One message; of its time the day alone is known."""

    place: int
    side: Side
    words: str
    asks: Request | None
    written_on: date


class PieceReply(BaseModel):
    """A photo, a paper or a voice, at the message that it came with."""

    place: int
    kind: Evidence
    media_type: str
    size_bytes: int


class CaseReply(BaseModel):
    """A complaint as its number opens it."""

    status: Status
    received_on: date
    messages: list[MessageReply]
    files: list[PieceReply]
    may_ask: list[Request] = Field(description="What the complainant may ask for now.")
    outcome: Outcome | None = Field(description="What was found, once a second person approved it.")
    appeal_until: date | None = Field(description="The last day to ask for an appeal.")
