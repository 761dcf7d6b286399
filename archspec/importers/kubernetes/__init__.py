"""Kubernetes objects as one cluster: workloads, what names lead to them, what lets in and out."""
