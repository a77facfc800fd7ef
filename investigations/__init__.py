"""Investigations: evidence items, custody, findings, agreements and progress reports."""
