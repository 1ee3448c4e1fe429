# Small real programs that users copy; built with everything else so that they stay true.
