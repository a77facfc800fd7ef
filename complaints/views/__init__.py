"""The pages of a super-complaint: the body's portal, intake, and the case until it is decided."""
