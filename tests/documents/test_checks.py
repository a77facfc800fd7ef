"""Production is refused without a key for its files or a scanner with real signatures."""

from pytest_django import Settings

from documents.checks import production_seals_and_scans


def test_production_needs_a_files_key_and_a_real_scanner(settings: Settings) -> None:
    settings.PRODUCTION = True
    settings.FILES_KEY = ""
    settings.CLAMD_SOCKET = "/run/clamd.sock"
    settings.CLAMD_TEST_SIGNATURES_ONLY = True
    found = {message.id for message in production_seals_and_scans()}
    assert found == {"documents.E001", "documents.E002"}
    settings.FILES_KEY = "a long random text"
    settings.CLAMD_TEST_SIGNATURES_ONLY = False
    assert production_seals_and_scans() == []
    settings.PRODUCTION = False
    settings.FILES_KEY = ""
    assert production_seals_and_scans() == []
