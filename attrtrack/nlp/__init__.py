"""Text tools: no database, no paths, no clock; the only floor that knows segmentation, vectors and training.

Decision: a linear model over words and named cues, because an official must be able to read why it says what it says.
"""
