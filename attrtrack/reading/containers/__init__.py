"""Containers of office files: zip packages and compound files, walked with every size capped."""
