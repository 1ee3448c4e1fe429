"""quickstart.py - the first program of PROTOCOL.md runs as printed."""
import os
import subprocess
import sys

from harness import DOCUMENT, LIMIT, check, same
from semd import ACQUIRE


@check('the quick start holds two of three permits until it ends')
def _(daemon):
    program, = DOCUMENT.programs
    client = daemon.client()
    client.open('gpu', initial=3, max=3)
    with subprocess.Popen([sys.executable, '-u', '-c', program], text=True,
                          env={**os.environ, 'SEMD_SOCKET': daemon.path},
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        same(process.stdout.readline(), 'statuses: [0, 0, 0]\n')
        client.are(available=1, held=2)
        process.communicate('\n', LIMIT)
    same(client.apply((ACQUIRE, 3), timeout=-1), 'OK', 'an acquire of all three')
