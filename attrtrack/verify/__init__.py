"""The journal and the figures proven outside the system: standard library only, runs where nothing is installed.

Copy this folder to any machine with Python 3.11 and run `python -m verify 日志.jsonl --checkpoint 检查点.txt`, or
`python -m verify figures 清单.xlsx`. It imports nothing of attrtrack and shares no code with it on purpose: two programs
that agree prove more than one that agrees with itself.
"""
