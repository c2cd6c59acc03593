"""Rich text (rtf), which many programs also save under the name doc."""
