# ruff: noqa: N818 (the names tell what is wrong; an Error suffix on each adds nothing)
"""Errors that say which file, what is wrong, and what to do about it."""

from __future__ import annotations

from typing import ClassVar


class CoopexError(Exception):
    """One thing that went wrong, told so that a reader can act on it.

    `str(EmptyText(file="a.txt"))` → "a.txt: the text is empty. Give a file with text in it." Subclasses
    carry their own cause and remedy; any of them may be replaced when raising. `stage` names the step
    (read, blocks, annotate, match, resolve, export, config) for `errors.jsonl`.
    """

    default_cause: ClassVar[str] = "something went wrong"
    default_remedy: ClassVar[str] = ""
    default_stage: ClassVar[str] = ""

    def __init__(
        self,
        message: str = "",
        *,
        file: str | None = None,
        cause: str = "",
        remedy: str = "",
        stage: str = "",
    ) -> None:
        self.file = file
        self.cause = cause or message or self.default_cause
        self.remedy = remedy or self.default_remedy
        self.stage = stage or self.default_stage
        self.message = message or self._compose()
        super().__init__(self.message)

    def _compose(self) -> str:
        told = f"{self.file}: {self.cause}" if self.file else self.cause
        return f"{told.rstrip('.')}. {self.remedy}" if self.remedy else told

    def __str__(self) -> str:
        return self._compose()

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Make the error survive a process boundary (keyword arguments are lost by default)."""
        return _rebuild, (type(self), self.message, self.file, self.cause, self.remedy, self.stage)

    def to_dict(self) -> dict[str, str | None]:
        """The error as one line of `errors.jsonl`: error, file, stage, cause, remedy."""
        return {
            "error": type(self).__name__,
            "file": self.file,
            "stage": self.stage,
            "cause": self.cause,
            "remedy": self.remedy,
        }


def _rebuild(
    kind: type[CoopexError], message: str, file: str | None, cause: str, remedy: str, stage: str
) -> CoopexError:
    return kind(message, file=file, cause=cause, remedy=remedy, stage=stage)


class ReadError(CoopexError):
    """A file could not be turned into text."""

    default_cause = "the file could not be read"
    default_remedy = "Check the file and run again."
    default_stage = "read"


class EmptyText(ReadError):
    """The file, or the text given, holds nothing but white space."""

    default_cause = "the text is empty"
    default_remedy = "Give a file with text in it."


class BinaryInput(ReadError):
    """The bytes are of no form that is read (an image, an old office document, an archive under another name)."""

    default_cause = "the file is neither text nor of another form that is read"
    default_remedy = "Save the article as plain text, HTML, PDF or .docx and run again."


class UnreadableInput(ReadError):
    """The file is missing, is a special file, or may not be read."""

    default_cause = "the file is missing or may not be read"
    default_remedy = "Check the path and its permissions."


class UndecodableText(ReadError):
    """No known encoding gives readable text."""

    default_cause = "the encoding of the text could not be told"
    default_remedy = "Convert the file to UTF-8 and run again."


class NoInput(ReadError):
    """A folder or an archive holds no file of a form that is read."""

    default_cause = "there is no file in the folder that is of a known form or matches --glob"
    default_remedy = "Give a folder with .txt, .html, .pdf, .docx, .jsonl or .csv files, or name files with --glob."


class TooLarge(ReadError):
    """A text has more bytes than `--max-size` allows."""

    default_cause = "the text is too large"
    default_remedy = "Split it, or raise --max-size."


class PackedTooTightly(ReadError):
    """An archive unpacks to more than its limits allow, as archives made to fill memory or disks do."""

    default_cause = "the archive unpacks to far more than it holds"
    default_remedy = "If it is known to be harmless, unpack it and give the folder."


class NestedArchive(ReadError):
    """An archive lies in an archive."""

    default_cause = "an archive within an archive is not opened"
    default_remedy = "Unpack the outer archive and give its folder."


class OutsideLink(ReadError):
    """A symbolic link leads out of the folder that was given."""

    default_cause = "the link leads outside the folder"
    default_remedy = "If it is meant, give what it points to as well."


class BadRow(ReadError):
    """A row of a table has no text, or cannot be read."""

    default_cause = "the row cannot be read"
    default_remedy = "Correct the row; the others are not affected."


class BrokenFile(ReadError):
    """A page, PDF, office document or archive is damaged, or not what its name says."""

    default_cause = "the file is damaged"
    default_remedy = "Open it in the program it was made with and save it anew."


class MissingExtra(ReadError):
    """A form is read by a package that is not installed."""

    default_cause = "a package is missing"
    default_remedy = "Install it with pip and run again."


class TextTooLong(CoopexError):
    """A text that is no article but a book, a register or a whole site."""

    default_cause = "the text is too long"
    default_remedy = "Give each article as a text of its own."
    default_stage = "blocks"


class BadPublishedDate(CoopexError):
    """A publication date given by the caller is not an ISO day."""

    default_cause = "the publication date is not a day of the form YYYY-MM-DD"
    default_remedy = "Write it like 2018-08-21."
    default_stage = "config"


class BadConfiguration(CoopexError):
    """A rule, lexicon, setting or data file of the user or the package is not as it should be."""

    default_cause = "the configuration cannot be used"
    default_remedy = "Correct the file named above."
    default_stage = "config"


class MissingModel(CoopexError):
    """A language model that annotation needs is not installed."""

    default_cause = "a language model is missing"
    default_remedy = "Run `coopex models` to see where it is looked for and how to get it."
    default_stage = "annotate"


class AnnotationFailed(CoopexError):
    """A language pipeline stopped on a text."""

    default_cause = "the text could not be annotated"
    default_remedy = "Please report the text; the other texts of the run are not affected."
    default_stage = "annotate"


class TimedOut(CoopexError):
    """A text took longer than one may."""

    default_cause = "the text took longer than a text may"
    default_remedy = "Give it more with --time-limit, or split the file into single articles."
    default_stage = "annotate"


class OutOfMemory(CoopexError):
    """A text needed more memory than a process may have."""

    default_cause = "the text needed more memory than a process may have"
    default_remedy = "Give it more with --memory-limit, or split the file into single articles."
    default_stage = "annotate"


class WorkerDied(CoopexError):
    """The process that read a text ended."""

    default_cause = "the process that read the text ended"
    default_remedy = "Please report the text; the other texts of the run are not affected."
    default_stage = "annotate"


class RunLocked(CoopexError):
    """Another run writes into the same folder."""

    default_cause = "another run writes into this folder"
    default_remedy = "Wait for it to end (`coopex status` tells how far it is), or give another folder with --out."
    default_stage = "config"


class ClusterFailed(CoopexError):
    """The work could not be done on a cluster."""

    default_cause = "the cluster failed"
    default_remedy = "Check the scheduler and its workers; the same command goes on with what is not done yet."
    default_stage = "config"


class NotARun(CoopexError):
    """A folder holds no run that can be told of or gone on with."""

    default_cause = "there is no run in this folder"
    default_remedy = "Give the folder that was given to `coopex extract --out`."
    default_stage = "config"


class ExportFailed(CoopexError):
    """Results could not be written."""

    default_cause = "the results could not be written"
    default_remedy = "Check that the folder exists and that there is room on the disk."
    default_stage = "export"
