"""harness.py - what the checks share: a daemon for each check, clients that record what they
saw, and TAP.

A check is a function marked with @check. It gets a daemon of its own, and raises an exception if
something is wrong. All that its clients sent, received and looked at is recorded, so that
conformance.py finds what no check has seen. Checks never wait for a time, only for replies and
barriers (PING).
"""
import os
import select
import shutil
import signal
import subprocess
import tempfile
import traceback

import semd
from document import Document

# Seconds to wait for an event before the check fails.
LIMIT = int(os.environ.get('SEMD_TEST_STEP_SECONDS', 300))
CHECKS = []
DOCUMENT = Document(os.path.join(os.environ['SEMD_TEST_SOURCE'], 'protocol', 'PROTOCOL.md'))


class Skip(Exception):
    pass


class Check:
    def __init__(self, function, words, options, limit, malformed, skip, produces):
        self.function, self.words, self.options = function, words, options
        # The entries of the document's lists that it checks.
        self.limit, self.malformed = limit, tuple(malformed)
        # Why it cannot run here, and what is then not seen.
        self.skip, self.produces = skip, produces


def check(words, *options, limit=(), malformed=(), skip=None, produces=()):
    """Marks a check; its daemon gets these options."""
    def mark(function):
        CHECKS.append(Check(function, words, options, limit, malformed, skip, produces))
        return function
    return mark


needs_root = None if os.geteuid() == 0 else 'only root can become another user'
needs_plain_memory = None
if os.environ.get('SEMD_TEST_SANITIZED') == 'yes':
    needs_plain_memory = "with sanitizers, whose allocator ends the program instead"


def same(got, wanted, what=''):
    if got != wanted:
        raise AssertionError(f'{what or "it"} is {got!r}, not {wanted!r}')


def fields_are(frame, **wanted):
    """Compares some of a frame's fields."""
    for name, value in wanted.items():
        same(frame[name], value, f'{name} of {frame.name}')


# --- What was seen ------------------------------------------------------------------------------

class Noted(dict):
    """Values of a received frame. Records the fields that are looked at."""

    def __init__(self, frame):
        super().__init__(frame.values)
        self.frame = (frame.name, frame.kind)

    def __getitem__(self, field):
        looked_at.add(self.frame + (field,))
        return super().__getitem__(field)


looked_at = set()       # (name, kind, field)
answered = set()        # (name, status)
said = set()            # rows and END: (name, status)
granted = set()         # asked for successfully: ('kind', 1), ('flag', 4), ('mask', 2)


class Client(semd.Client):
    """A client that records what it sees, with short forms for the checks."""

    def __init__(self, path):
        super().__init__(path)
        self.socket.settimeout(LIMIT)
        self.asked = {}

    def request(self, message, /, **values):
        frame = super().request(message, **values)
        self.asked[frame.tag] = frame
        return frame

    def receive(self):
        try:
            frame = super().receive()
        except semd.Ended as ended:
            if ended.end:
                said.add(('END', ended.error))
                ended.end.values = Noted(ended.end)
            raise
        frame.values = Noted(frame)
        if frame.kind == 'row':
            said.add((frame.name, frame.error))
        else:
            answered.add((frame.name, frame.error))
            if frame.status == 0 and frame.tag in self.asked:
                note_granted(self.asked[frame.tag])
        return frame

    def hello(self, command='', **versions):
        reply = super().hello(command, **versions)
        self.client = reply['client']
        return reply

    def status(self, message, /, **values):
        """Sends a request; returns the status as a word."""
        return self.result(self.send(message, **values))

    def result(self, tag):
        return self.answer(tag).error

    def open(self, name, **how):
        return self.ask('OPEN', **opening(name, **how))

    def opens(self, name, **how):
        """Opens; returns the status as a word."""
        return self.status('OPEN', **opening(name, **how))

    def apply(self, *terms, timeout=0):
        """Applies (kind, n) to handle 0, or (kind, n, handle); returns the status as a word."""
        return self.result(self.start(*terms, timeout=timeout))

    def start(self, *terms, timeout=-1):
        """The same for a request that waits: returns its tag when the daemon has read it. Its
        number is `self.number`."""
        return self.send('APPLY', timeout=timeout, terms=vector(terms))

    def wait(self, *terms, timeout=-1):
        """Starts it and checks that it waits."""
        tag = self.start(*terms, timeout=timeout)
        self.ask('PING')
        if tag in self.replies:
            raise AssertionError(f'it does not wait: {self.result(tag)}')
        return tag

    def pages(self, message, place, /, **more):
        """Requests all pages from 0 on; returns the list of replies. `place` is {field of the
        request: field of the reply with its value for the next page}."""
        at, replies = dict.fromkeys(place, 0), []
        while not replies or any(at.values()):
            replies.append(self.ask(message, **at, **more))
            at = {field: replies[-1][told] for field, told in place.items()}
        return replies

    def query(self, handle=0):
        return self.ask('QUERY', handle=handle)

    def are(self, handle=0, **numbers):
        fields_are(self.query(handle), **numbers)

    def ended(self):
        """Reads to the end. Returns END's status, None without END; keeps its tag and reason."""
        try:
            while True:
                self.receive()
        except semd.Ended as ended:
            self.end = ended.end
            if ended.end and not ended.end['reason']:
                raise AssertionError('END has no reason') from None
            return ended.error


# The fields of a CHANGE that changes nothing, except the handle.
NO_CHANGE = dict.fromkeys(('mask', 'max', 'mode', 'uid', 'gid', 'bypass'), 0)


def opening(name, handle=0, flags=semd.CREATE, initial=1, max=0, mode=0, bypass=0):
    """The fields of an OPEN."""
    return {'handle': handle, 'flags': flags, 'initial': initial, 'max': max, 'mode': mode,
            'bypass': bypass, 'name': name}


def vector(terms):
    """Turns (kind, n) or (kind, n, handle) into the protocol's terms."""
    return [(handle[0] if handle else 0, kind, n) for kind, n, *handle in terms]


def note_granted(frame):
    values = frame.values
    if frame.name == 'APPLY':
        granted.update(('kind', kind) for _, kind, _ in values['terms'])
    if frame.name == 'OPEN':
        granted.update(('flag', 1 << bit) for bit in range(32) if values['flags'] >> bit & 1)
    if frame.name == 'CHANGE':
        granted.update(('mask', 1 << bit) for bit in range(32) if values['mask'] >> bit & 1)


def rows_of(replies):
    """The rows of all these pages, in order."""
    return [row for reply in replies for row in reply.rows]


def readable(client):
    """Whether unread bytes have come."""
    return bool(client.buffer or select.select([client.socket], [], [], 0)[0])


# --- The daemon ---------------------------------------------------------------------------------

class Daemon:
    """A daemon of this build, on a socket in a new folder that every user may enter."""

    def __init__(self, options=()):
        self.folder = tempfile.mkdtemp(prefix='semd-test-')
        os.chmod(self.folder, 0o711)
        self.path = os.path.join(self.folder, 'socket')
        program = (os.environ.get('SEMD_DAEMON') or
                   os.path.join(os.environ['SEMD_TEST_BUILD'], 'semd'))
        ready, writer = os.pipe()
        self.process = subprocess.Popen(
            [program, '--socket', self.path, '--ready', str(writer), '--log', 'warning', *options],
            pass_fds=[writer], stdin=subprocess.DEVNULL)
        os.close(writer)
        self.clients = []
        self.ends_with = 0
        with open(ready, 'rb') as file:
            if file.read() != b'\n':
                raise AssertionError('the daemon does not start')

    def connect(self):
        """A new connection, without HELLO."""
        client = Client(self.path)
        self.clients.append(client)
        return client

    def client(self, command='', **versions):
        client = self.connect()
        client.hello(command, **versions)
        return client

    def bound(self, pid, command=''):
        """A new client, bound to a process."""
        client = self.client()
        client.client = client.ask('BIND', command=command, **semd.name_process(pid))['client']
        return client

    def stand_still(self):
        """Stops the daemon until SIGCONT."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)

    def stop(self):
        """All clients leave, then the daemon must end in order."""
        for client in self.clients:
            client.leave()
        self.process.send_signal(signal.SIGTERM)
        same(self.process.wait(LIMIT), self.ends_with, "the daemon's exit status")

    def remove(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)


# --- TAP ----------------------------------------------------------------------------------------

class Results:
    def __init__(self, count):
        self.number = self.failed = 0
        print(f'1..{count}', flush=True)

    def report(self, words, function):
        """Runs the check and prints the result."""
        self.number += 1
        try:
            function()
        except Skip as skip:
            self.say('ok', f'{words} # SKIP {skip}')
        except Exception:
            self.failed += 1
            self.say('not ok', words)
            for line in traceback.format_exc().splitlines():
                print(f'# {line}', flush=True)
        else:
            self.say('ok', words)

    def say(self, result, words):
        print(f'{result} {self.number} - {words}', flush=True)


def run(checked):
    if checked.skip:
        raise Skip(checked.skip)
    daemon = Daemon(checked.options)
    try:
        checked.function(daemon)
        daemon.stop()
    finally:
        daemon.remove()
