"""semd.py - a client of semd in plain Python, written from protocol/PROTOCOL.md and nothing else.

It is an example for clients in other languages, to be read beside that document. The first half is
the encoding of fields, messages and frames, without sockets. The second half is a client for one
thread, which may have many requests in flight. For example:

    client = Client('/run/semd.sock')
    client.hello('my program')
    client.ask('OPEN', handle=0, flags=CREATE, initial=3, max=3, mode=0, bypass=0, name='gpu')
    client.ask('APPLY', timeout=-1, terms=[(0, ACQUIRE, 1)])     # holds a permit, or raises Refused
    client.leave()                                              # and all holds are released
"""
import ctypes
import os
import socket
import struct

# --- Fields -------------------------------------------------------------------------------------

HEAD = struct.Struct('<IHHQQQ')    # length, opcode, status or flags, tag, number, seen or request
MOST = 4096                        # bytes in a frame

# The types of numbers and of plain bytes.
FIXED = {
    'u32': struct.Struct('<I'),
    'u64': struct.Struct('<Q'),
    'i64': struct.Struct('<q'),
    'session': struct.Struct('<16s'),
}
SIZE = struct.Struct('<H')         # before a text
TERM = struct.Struct('<III')       # handle, kind, n


class Malformed(Exception):
    """These bytes are no frame of the protocol."""


def put(kind, value):
    """The bytes of one field. A text is a str; bytes in it that are no UTF-8 are kept as
    surrogates, as os.fsencode does."""
    if kind == 'text':
        text = value.encode('utf-8', 'surrogateescape')
        return SIZE.pack(len(text)) + text
    if kind == 'terms':
        return FIXED['u32'].pack(len(value)) + b''.join(TERM.pack(*term) for term in value)
    return FIXED[kind].pack(value)


def take(data, at, size):
    if at + size > len(data):
        raise Malformed('a field is cut off')
    return data[at:at + size], at + size


def get(kind, data, at):
    """The field of `data` at `at`, and the place of the next."""
    if kind == 'text':
        size, at = take(data, at, SIZE.size)
        text, at = take(data, at, SIZE.unpack(size)[0])
        return text.decode('utf-8', 'surrogateescape'), at
    if kind == 'terms':
        count, at = take(data, at, 4)
        terms, at = take(data, at, TERM.size * FIXED['u32'].unpack(count)[0])
        return list(TERM.iter_unpack(terms)), at
    value, at = take(data, at, FIXED[kind].size)
    return FIXED[kind].unpack(value)[0], at


# --- Messages -----------------------------------------------------------------------------------

def fields(text):
    """'handle u32, name text' as [('handle', 'u32'), ('name', 'text')]."""
    return [tuple(field.split()) for field in text.split(', ')] if text else []


class Message:
    def __init__(self, name, opcode, request=None, reply=None, row=None, numbered=False):
        self.name, self.opcode, self.numbered = name, opcode, numbered
        self.fields = {}            # by kind of frame
        for kind, text in (('request', request), ('reply', reply), ('row', row)):
            if text is not None:
                self.fields[kind] = fields(text)


SEMAPHORE = ('id u64, available i64, held u64, total u64, waiting u64, posted u64, used_up u64, '
             'initial u32, max u32, mode u32, uid u32, gid u32, flags u32, bypass u32, name text')
HOLDER = 'client u64, pid u32, uid u32, permits u32, age_ms u64, command text'
HOLD = 'permits u32, flags u32, name text'
PLACE = 'deadlock u64, client u64, within u64'
STATS = ', '.join(name + ' u64' for name in (
    'uptime_ms clients bound connections semaphores holds waiters watchers requests '
    'granted_at_once granted_later timed_out canceled refused ended taken_back kicks '
    'max_clients max_semaphores max_waiters max_handles max_unsent '
    'my_clients my_semaphores my_waiters my_handles my_unsent').split())

MESSAGES = [
    Message('HELLO', 1,
            'min_version u32, max_version u32, features u64, session session, command text',
            'version u32, known u32, features u64, run u64, client u64, pid u32, max_request u32, '
            'max_reply u32, max_terms u32, max_unseen u32, max_handles u32, max_unsent u64, '
            'release text'),
    Message('PING', 2, '', ''),
    Message('LABEL', 3, 'command text', ''),
    Message('BIND', 4, 'pid u32, inode u64, start u64, command text', 'client u64', numbered=True),
    Message('DETACH', 5, '', 'client u64', numbered=True),
    Message('OPEN', 6,
            'handle u32, flags u32, initial u32, max u32, mode u32, bypass u32, name text',
            'id u64', numbered=True),
    Message('CLOSE', 7, 'handle u32', '', numbered=True),
    Message('APPLY', 8, 'timeout i64, terms terms', '', numbered=True),
    Message('CANCEL', 9, 'request u64', ''),
    Message('QUERY', 10, 'handle u32', SEMAPHORE),
    Message('SET', 11, 'handle u32, total u32', '', numbered=True),
    Message('CHANGE', 12,
            'handle u32, mask u32, max u32, mode u32, uid u32, gid u32, bypass u32', '',
            numbered=True),
    Message('RESET', 13, 'handle u32', '', numbered=True),
    Message('REMOVE', 14, 'name text', '', numbered=True),
    Message('UNLINK', 15, 'name text', '', numbered=True),
    Message('LIST', 16, 'cursor u64', 'next u64'),
    Message('SHOW', 17, 'cursor u64, name text', 'next u64'),
    Message('KICK', 18, 'client u64', '', numbered=True),
    Message('CLIENTS', 19, 'cursor u64, within u64', 'cursor u64, within u64'),
    Message('DEADLOCKS', 20, PLACE, PLACE),
    Message('WATCH', 21, 'cursor u64, timeout i64', 'next u64, missed u32, more u32'),
    Message('STATS', 22, '', STATS),
    Message('LEAVE', 23, '', ''),
    Message('END', 64, row='min_version u32, max_version u32, reason text'),
    Message('SEM', 65, row=SEMAPHORE),
    Message('HOLDER', 66, row=HOLDER),
    Message('WAITER', 67, row=HOLDER),
    Message('LACK', 68, row='permits u32, name text'),
    Message('BLOCKER', 69, row='client u64'),
    Message('CLIENT', 70,
            row='client u64, pid u32, uid u32, flags u32, age_ms u64, command text'),
    Message('HOLD', 71, row=HOLD),
    Message('WAIT', 72, row=HOLD),
    Message('DEADLOCK', 73, row='sure u32, clients u32'),
    Message('GONE', 74, row='id u64, name text'),
]
BY_NAME = {message.name: message for message in MESSAGES}
BY_OPCODE = {message.opcode: message for message in MESSAGES}

STATUSES = ['OK', 'ENOENT', 'EEXIST', 'EACCES', 'EINVAL', 'EAGAIN', 'ETIMEDOUT', 'EOVERFLOW',
            'ENOTHELD', 'EREMOVED', 'ERESET', 'ELOST', 'EIMPOSSIBLE', 'EQUOTA', 'ECANCELED',
            'EINTR', 'ECONN', 'EPROTO', 'ENOMEM']

# OPEN's flags, and UNLINKED. QUERY reports LAST_CLOSE and UNLINKED.
CREATE, EXCLUSIVE, RESET, LAST_CLOSE, RELEASE_POSTS, UNLINKED = 1, 2, 4, 8, 16, 32
# APPLY's kinds of terms.
ACQUIRE, CONSUME, RELEASE, SETTLE, POST, WAIT_ZERO = 1, 2, 3, 4, 5, 6
# CHANGE's mask.
MAX, MODE, UID, GID, BYPASS = 1, 2, 4, 8, 16
# A request's flags.
SHARED = 1


# --- Frames -------------------------------------------------------------------------------------

class Frame:
    """A frame of any kind. `status` holds the flags in a request, and `seen` holds the number of
    the request in a reply."""

    def __init__(self, name, kind, values, status=0, tag=0, number=0, seen=0):
        self.name, self.kind, self.values = name, kind, values
        self.status, self.tag, self.number, self.seen = status, tag, number, seen

    def __getitem__(self, field):
        return self.values[field]

    @property
    def request(self):
        return self.seen

    def __repr__(self):
        return f'{self.name} {self.kind} {self.error} {self.values}'

    @property
    def error(self):
        """The status as a word, also an unknown one of a later release."""
        return STATUSES[self.status] if self.status < len(STATUSES) else f'status {self.status}'

    def fields(self):
        """The fields after the head: none in a reply that is not OK."""
        if self.kind == 'reply' and self.status != 0:
            return []
        return BY_NAME[self.name].fields[self.kind]

    def encode(self):
        body = b''.join(put(kind, self.values[name]) for name, kind in self.fields())
        return HEAD.pack(HEAD.size + len(body), BY_NAME[self.name].opcode, self.status, self.tag,
                         self.number, self.seen) + body


def decode(data, kind=None):
    """Decodes exactly one frame; None for an unknown row. A client reads only replies and rows,
    which differ by opcode; to read requests, set `kind`."""
    length, opcode, status, tag, number, seen = HEAD.unpack_from(data)
    message = BY_OPCODE.get(opcode)
    if message is None:
        return None
    kind = kind or ('row' if 'row' in message.fields else 'reply')
    frame = Frame(message.name, kind, {}, status, tag, number, seen)
    at = HEAD.size
    for name, type_of_field in frame.fields():
        frame.values[name], at = get(type_of_field, data, at)
    # A later daemon may append fields.
    if length != len(data) or kind == 'request' and at != length:
        raise Malformed(f'{message.name} has {length} bytes, and fields for {at}')
    return frame


# --- A client -----------------------------------------------------------------------------------

class Refused(Exception):
    """A reply whose status is not OK."""

    def __init__(self, reply):
        super().__init__(f'{reply.name}: {reply.error}')
        self.reply, self.error = reply, reply.error


class Ended(Exception):
    """The connection has ended; `end` is the daemon's END, or None."""

    def __init__(self, end):
        super().__init__(f'{end.error}: {end["reason"]}' if end else 'closed without END')
        self.end, self.error = end, end.error if end else None


class Client:
    """A connection, for one thread. A forked child must make its own."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.buffer = b''
        self.tag = 0        # of the last request
        self.number = 0     # of the last numbered request
        self.seen = 0       # running number of the last reply read
        self.flags = 0      # of all requests; SHARED where threads share a client
        self.replies = {}   # not returned yet, by tag
        self.rows = {}      # by tag

    def request(self, message, /, **values):
        """Makes the next request, which must be sent next."""
        numbered = BY_NAME[message].numbered
        self.tag += 1
        self.number += numbered
        return Frame(message, 'request', values, self.flags, self.tag,
                     self.number if numbered else 0, self.seen)

    def send(self, message, /, **values):
        """Sends a request without waiting for the reply; returns its tag."""
        frame = self.request(message, **values)
        try:
            self.socket.sendall(frame.encode())
        except (BrokenPipeError, ConnectionResetError):
            pass            # the daemon has closed; END, with the reason, can still be read
        return frame.tag

    def receive(self):
        """The next known frame, marked as seen; raises Ended at the end."""
        while True:
            data = self.read_frame()
            frame = decode(data)
            if frame is None:
                continue
            if frame.name == 'END':
                raise Ended(frame)
            if frame.kind == 'reply':
                self.seen = frame.number
            return frame

    def read_frame(self):
        head = self.peek(HEAD.size)
        size = HEAD.unpack(head)[0]
        if not HEAD.size <= size <= MOST:
            raise Malformed(f'a frame of {size} bytes')
        data = self.peek(size)
        self.buffer = self.buffer[size:]
        return data

    def peek(self, size):
        """The next `size` bytes; waits for them."""
        while len(self.buffer) < size:
            try:
                data = self.socket.recv(65536)
            except ConnectionResetError:
                data = b''
            if not data:
                raise Ended(None)
            self.buffer += data
        return self.buffer[:size]

    def answer(self, tag):
        """The reply to this request, whatever its status; its rows are in reply.rows."""
        while tag not in self.replies:
            frame = self.receive()
            if frame.kind == 'reply':
                frame.rows = self.rows.pop(frame.tag, [])
                self.replies[frame.tag] = frame
            else:
                self.rows.setdefault(frame.tag, []).append(frame)
        return self.replies.pop(tag)

    def ask(self, message, /, **values):
        """Sends a request and awaits its reply; raises Refused if that is not OK."""
        reply = self.answer(self.send(message, **values))
        if reply.status != 0:
            raise Refused(reply)
        return reply

    def hello(self, command='', min_version=1, max_version=1):
        """The first request. The session number is the client's for as long as it lives."""
        self.session = os.urandom(16)
        return self.ask('HELLO', min_version=min_version, max_version=max_version, features=0,
                        session=self.session, command=command)

    def leave(self):
        """Returns when all holds that are not bound to a process are released."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
            while self.socket.recv(65536):
                pass
        except OSError:
            pass            # the daemon has closed first
        self.socket.close()


# --- Processes ----------------------------------------------------------------------------------

PIDFS = 0x50494446


def name_process(pid):
    """The fields by which BIND names an existing process of this machine."""
    pidfd = os.pidfd_open(pid)
    try:
        filesystem = ctypes.create_string_buffer(1024)
        ctypes.CDLL(None).fstatfs(pidfd, filesystem)      # its first word is the type
        pidfs = ctypes.c_long.from_buffer(filesystem).value == PIDFS
        inode = os.fstat(pidfd).st_ino if pidfs else 0
    finally:
        os.close(pidfd)
    # The second field is in parentheses and may contain any character.
    with open(f'/proc/{pid}/stat', encoding='utf-8', errors='replace') as file:
        start = int(file.read().rpartition(')')[2].split()[22 - 3])
    return {'pid': pid, 'inode': inode, 'start': start}
