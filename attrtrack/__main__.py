"""`python -m attrtrack` is the same door as the `attrtrack` command."""

from attrtrack.cli.main import main

raise SystemExit(main())
