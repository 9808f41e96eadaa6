"""Agreements: mentions, identity, parties and signatories, and the decision whether a text tells of one."""
