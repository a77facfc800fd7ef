"""Super-complaints from draft to eligibility decision."""
