"""The error tree: each failure that a user can meet, with its HTTP status and its problem type.

Raised where the failure is understood, rendered once: as problem+json by the API, as one line by the CLI.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors that a user can meet."""

    status = 500
    kind = "internal-error"
    title = "Internal error"


class KnowledgeError(DragomanError):
    """A record of the knowledge base is wrong."""

    kind = "knowledge-base"
    title = "The knowledge base is wrong"
