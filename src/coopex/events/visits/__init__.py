"""Visits: mentions → which of them tell of one visit → who takes part, on which side → is it a visit at all."""
