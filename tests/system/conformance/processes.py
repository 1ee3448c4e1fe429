"""processes.py - helpers: processes that can be killed, and other users."""
import contextlib
import os
import resource
import signal
import socket
import traceback

from harness import LIMIT

OTHER = 12345       # another user and group


class Child:
    """Another process: runs `function`, tells that it has, and stays until killed or released."""

    def __init__(self, function=None):
        self.link, other = socket.socketpair()
        self.link.settimeout(LIMIT)
        self.pid = os.fork()
        if self.pid == 0:
            self.run(function, other)
        other.close()
        if self.link.recv(1) != b'.':
            self.end()
            raise AssertionError('the other process failed')

    def run(self, function, other):
        status = 1
        try:
            self.link.close()
            kept = function() if function else None     # keeps its connection open
            other.send(b'.')
            other.recv(1)
            del kept
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def end(self, by=signal.SIGKILL):
        """Ends the process and waits for its end."""
        if self.pid:
            os.kill(self.pid, by)
            os.waitpid(self.pid, 0)
        self.pid = 0
        self.link.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


class ExecChild(Child):
    """A process that becomes another program, which does not use the link."""

    def __init__(self, function):
        self.link, other = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                function()
            finally:
                os._exit(1)
        other.close()


@contextlib.contextmanager
def descriptors_left(pid, count):
    """Inside, that process can open only `more` descriptors more."""
    used = {int(number) for number in os.listdir(f'/proc/{pid}/fd')}
    free = sorted(set(range(len(used) + count + 1)) - used)
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (free[count], before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)


@contextlib.contextmanager
def user(uid, gid=None):
    """Connections made inside belong to this user, for the kernel."""
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(uid if gid is None else gid)
    os.seteuid(uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)
