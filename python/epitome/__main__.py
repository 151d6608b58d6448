"""``python -m epitome`` is the command ``epitome``."""

import sys

from ._command import main

sys.exit(main())
