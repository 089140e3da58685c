"""From rendered documents to visible files: the gate, the plan, the write."""
