"""What every row of this room knows of its case."""


class OfCase:
    """A row that leads to its case by the case's permanent key."""

    complaint_id: str
    reference: str

    @property
    def case_key(self) -> str:
        """The permanent key of the case."""
        return self.complaint_id

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.complaint_id

    @property
    def case_reference(self) -> str:
        """The reference of the case."""
        return self.reference
