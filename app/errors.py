"""The error tree: each failure that a user can meet, with its HTTP status and its problem type.

Raised where the failure is understood, rendered once: as problem+json by the API, as one line by the CLI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong, with the place it is at."""

    detail: str
    """What is wrong."""
    parameter: str | None = None
    """Name of the query parameter."""
    pointer: str | None = None
    """JSON pointer into the body."""
    hint: str | None = None
    """What would be right."""


class DragomanError(Exception):
    """Base of all errors that a user can meet."""

    status = 500
    kind = "internal-error"
    title = "Internal error"
    headers: Mapping[str, str] = {}
    """What the answer says beside."""

    def __init__(self, detail: str, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.issues = issues


class KnowledgeError(DragomanError):
    """A record of the knowledge base is wrong."""

    kind = "knowledge-base"
    title = "The knowledge base is wrong"


class InvalidParameterError(DragomanError):
    """A query parameter is unknown or has a value that cannot be."""

    status = 422
    kind = "invalid-parameter"
    title = "Invalid parameter"


class InvalidCursorError(InvalidParameterError):
    """A cursor that this server did not make, or made for another query."""

    kind = "invalid-cursor"
    title = "Invalid cursor"


class UnreadableRequestError(DragomanError):
    """What came is no HTTP request, or has a longer address than can be read."""

    status = 400
    kind = "unreadable-request"
    title = "The request cannot be read"


class InvalidBodyError(DragomanError):
    """The body is JSON, but not what is asked for."""

    status = 422
    kind = "invalid-body"
    title = "Invalid body"


class MalformedBodyError(DragomanError):
    """The body is no JSON at all."""

    status = 400
    kind = "malformed-body"
    title = "The body is not JSON"


class UnsupportedMediaTypeError(DragomanError):
    """The body is announced as something else than JSON."""

    status = 415
    kind = "unsupported-media-type"
    title = "Unsupported media type"


class BodyTooLargeError(DragomanError):
    """The body is longer than the server reads."""

    status = 413
    kind = "body-too-large"
    title = "Body too large"


class NotAcceptableError(DragomanError):
    """There is no such form of what is asked for."""

    status = 406
    kind = "not-acceptable"
    title = "Not acceptable"


class KeyNeededError(DragomanError):
    """The request needs a key, or its key is none of this server's."""

    status = 401
    kind = "key-needed"
    title = "A key is needed"


class ScopeError(DragomanError):
    """The key is good, but not for this."""

    status = 403
    kind = "not-allowed"
    title = "The key does not allow it"


class TooManyRequestsError(DragomanError):
    """The client has used up its quota."""

    status = 429
    kind = "too-many-requests"
    title = "Too many requests"


class InvalidHeaderError(DragomanError):
    """A header of the request has a value that cannot be."""

    status = 422
    kind = "invalid-header"
    title = "Invalid header"


class IdempotencyError(DragomanError):
    """The idempotency key came before, with another request or one that is still being worked on."""

    status = 409
    kind = "idempotency-conflict"
    title = "The idempotency key is taken"


class NotFoundError(DragomanError):
    """Nothing has this id or path."""

    status = 404
    kind = "not-found"
    title = "Not found"


class GoneError(DragomanError):
    """What had this id is there no more, and nothing took its place."""

    status = 410
    kind = "gone"
    title = "Gone"


class ConflictError(DragomanError):
    """The record was changed since it was read."""

    status = 412
    kind = "changed-meanwhile"
    title = "Changed meanwhile"


class MethodNotAllowedError(DragomanError):
    """The path exists, the method does not."""

    status = 405
    kind = "method-not-allowed"
    title = "Method not allowed"


class StoreError(DragomanError):
    """The database cannot be used."""

    status = 503
    kind = "store-unavailable"
    title = "The database cannot be used"


class StreamsFullError(DragomanError):
    """As many follow the changes already as the server takes."""

    status = 503
    kind = "too-many-streams"
    title = "Too many streams"
    headers: Mapping[str, str] = {"retry-after": "10"}


class NewerDatabaseError(StoreError):
    """The database was written by a newer version of the program."""

    kind = "newer-database"
    title = "The database is newer than the program"


class SourceError(DragomanError):
    """A file, or a line of one, that cannot be read as an article."""

    kind = "unreadable-source"
    title = "Unreadable source"

    def __init__(self, reason: str, where: str | None = None, given: bytes | None = None) -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where
        """The place: a path, an address, a path with the number of the line."""
        self.given = given
        """What stood there, where it is short enough to be kept."""


class UnreadablePageError(DragomanError):
    """The page of an address cannot be fetched, or is no article."""

    status = 422
    kind = "unreadable-page"
    title = "Unreadable page"


class StartError(DragomanError):
    """The server cannot start."""

    kind = "cannot-start"
    title = "The server cannot start"
