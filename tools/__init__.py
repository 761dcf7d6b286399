"""What is written from the model: the fields of the Python builder for editors, and the tables of the docs."""
