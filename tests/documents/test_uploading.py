"""Files while a request brings them: a full disk or a file without end is a sentence, not an error.

The client posts to a view of these tests alone, mounted under an address of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from accounts.access import acting, public, requires
from accounts.models import Membership
from accounts.roles import Action
from documents.errors import UploadRefusedError
from documents.models import StoredFile
from documents.services.uploads import receive_upload
from documents.uploading import CarefulUploadHandler
from tests.builders.accounts import signed_in_as
from tests.builders.documents import an_upload
from tests.documents.conftest import files_in

LARGE = b"Facts, one to a line.\n" * 200_000  # 4.4 MB: too large to be held in memory.


@requires(Action.COMPLAINT_DRAFT)
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in one file, as the rooms' views do."""
    upload = request.FILES["file"]
    assert isinstance(upload, UploadedFile)
    try:
        stored = receive_upload("case-1", upload=upload, by=acting(request))
    except UploadRefusedError as refused:
        return HttpResponse(str(refused), status=422)
    return HttpResponse(stored.sha256)


@public
def look_only(request: HttpRequest) -> HttpResponse:
    """Read the form and do nothing with it, as any page that nobody signed in may post to."""
    return HttpResponse(", ".join(request.FILES))


urlpatterns = [path("take-in", take_in), path("look", look_only)]


@pytest.fixture
def sender(client: Client, submitter: Membership, settings: Settings) -> Client:
    """The browser of somebody who may send files."""
    settings.ROOT_URLCONF = __name__
    return signed_in_as(client, submitter)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that takes no more: the system's own."""
    import_path = "documents.uploading.tempfile.NamedTemporaryFile"
    with monkeypatch.context() as patched:
        patched.setattr(import_path, lambda **_given: Path("/dev/full").open("wb"))  # noqa: SIM115
        yield


def test_a_large_file_is_written_to_our_own_disk_and_kept_once(
    sender: Client, files_dir: Path
) -> None:
    answer = sender.post("/take-in", {"file": an_upload(LARGE)})
    stored = StoredFile.objects.get()
    assert answer.content.decode() == stored.sha256
    assert stored.size_bytes == len(LARGE)
    assert files_in(files_dir / "incoming" / "requests") == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    sender: Client, files_dir: Path, full_disk: None
) -> None:
    answer = sender.post("/take-in", {"file": an_upload(LARGE)})
    assert answer.status_code == 422
    assert "disk is full" in answer.content.decode()
    assert files_in(files_dir) == []
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_dropped_while_it_comes(
    sender: Client, files_dir: Path, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 3_000_000
    answer = sender.post("/take-in", {"file": an_upload(LARGE)})
    assert answer.status_code == 422
    assert "larger than 3 MB" in answer.content.decode()
    assert files_in(files_dir) == []


def test_nobody_unknown_fills_the_disk(
    client: Client, database_in_use: None, files_dir: Path, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    handled = client.post("/look", {"file": an_upload(LARGE)})
    assert handled.content == b"file"
    assert files_in(files_dir) == []


def test_a_sender_who_goes_away_leaves_nothing(submitter: Membership, files_dir: Path) -> None:
    request = HttpRequest()
    request.user = submitter.user
    handler: FileUploadHandler = CarefulUploadHandler(request)
    handler.new_file("file", "facts.txt", "text/plain", None)
    handler.receive_data_chunk(LARGE, 0)
    assert len(files_in(files_dir)) == 1
    handler.upload_interrupted()
    assert files_in(files_dir) == []
