"""What a report tells, made readable for checks: sentences, tables, figures with their unit and precision, shares in words, days and hours."""
