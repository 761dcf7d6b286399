"""Terraform plans and states: resources, what they are, and who may ask whom."""
