"""Papers: a frozen review pack → a paper (view model) → DOCX and PDF. The desk and the command line call it."""
