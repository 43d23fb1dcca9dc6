"""The site. Every process of it imports this first, so that no library takes an empty variable for a value.

Libraries read variables of their own, and some take an empty one for a value: Prometheus writes its files into the
folder in which the process was started. Processes that are started from here inherit what is left.
"""

import os

for _name in [name for name, value in os.environ.items() if not value]:
    del os.environ[_name]
