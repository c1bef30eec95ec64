"""Run the command line with ``python -m respite``."""

from respite.cli import main

if __name__ == "__main__":
    main()
