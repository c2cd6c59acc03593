"""The journal proven outside the system: standard library only, no import from attrtrack, runs where nothing is installed.

Copy this folder to any machine with Python 3.11 and run `python -m verify 日志.jsonl --checkpoint 检查点.txt`. It shares no
code with the program on purpose: two programs that agree prove more than one that agrees with itself.
"""
