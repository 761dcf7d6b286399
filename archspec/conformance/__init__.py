"""A spec held against what traces tell: where it has drifted, and what its figures are."""
