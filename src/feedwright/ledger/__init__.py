"""The record of identity: which article is which, for ever (docs/identity.md).

`lines` and `resolve` decide and are pure; `file` reads and appends; `existing`, `importing` and
`fetch` take over the ids of a feed that another program published.
"""
