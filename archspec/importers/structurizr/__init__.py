"""Structurizr workspaces: the static model, one deployment environment, dynamic views."""
