"""What should stand in `feeds/`: everything between opening a site and writing.

    run          one survey: from nothing, or from what changed
      key, listed, concerned, changed     what changed since the index was written
      gather                              sources -> normalize: candidates
      identify, neighbours                -> ledger: articles
      catalogue                           -> the index
      compose, entries, documents         select -> render -> gate

Here the stages meet; nothing outside the state folder is written.
"""
