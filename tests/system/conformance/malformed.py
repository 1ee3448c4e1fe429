"""malformed.py - each way of being malformed; the limits of frames and numbers, at the limit and
one above it; the permitted numbers of handles."""
import struct

import semd
from harness import NO_CHANGE, check, opening, same
from semd import ACQUIRE, CREATE, POST, RELEASE, SETTLE

PING = 2


def head(length, opcode=PING, flags=0, tag=7, number=0, seen=1):
    return semd.HEAD.pack(length, opcode, flags, tag, number, seen)


def answer_to(daemon, data, greet=True):
    """Sends these bytes on a new connection, and then nothing more. Returns the client, the
    replies and the end."""
    client = daemon.client() if greet else daemon.connect()
    client.socket.sendall(data)
    client.socket.shutdown(semd.socket.SHUT_WR)
    replies = []
    try:
        while True:
            replies.append(client.receive())
    except semd.Ended as ended:
        return client, [reply.error for reply in replies], ended


def is_malformed(daemon, data, tag=7, before=0, greet=True):
    """The answer must be END with this tag, after that many replies."""
    _, replies, ended = answer_to(daemon, data, greet)
    same(len(replies), before, 'the number of replies')
    same(ended.error, 'EPROTO', 'END')
    same(ended.end.tag, tag, 'the tag of END')


def is_good(daemon, data, *statuses):
    """The answers must have these statuses, and the connection must end without END."""
    _, replies, ended = answer_to(daemon, data)
    same(replies, list(statuses or ['OK']), 'the replies')
    same(ended.error, None, 'END')


def frame(message, /, number=0, seen=1, **values):
    return semd.Frame(message, 'request', values, 0, 7, number, seen).encode()


def open_frame(handle, number=1):
    return frame('OPEN', number=number, **opening('a', handle, CREATE))


# --- Malformed ----------------------------------------------------------------------------------

@check('a length: 32 is the least, 4096 the most', limit=['a frame'], malformed=['a length'])
def _(daemon):
    is_good(daemon, head(32))
    for length in (0, 31, 4097, 2**32 - 1):
        is_malformed(daemon, head(length))
    is_malformed(daemon, struct.pack('<I', 31), tag=0)
    # A frame may have this length, but no request has.
    same(answer_to(daemon, head(4096))[2].error, None, 'END when a frame is cut off')
    is_malformed(daemon, head(4096) + bytes(4096 - 32))


@check('an opcode that is no request', malformed=['an opcode'])
def _(daemon):
    for opcode in (0, 24, 63, 64, 65, 0xffff):
        is_malformed(daemon, head(32, opcode))


@check('a frame is as long as its fields; a text has 255 bytes, an APPLY 64 terms, no more',
       limit=['a text', 'terms of an APPLY'], malformed=['a frame longer or shorter'])
def _(daemon):
    is_malformed(daemon, head(33) + b'x')
    is_malformed(daemon, head(33, 23) + b'x')
    is_malformed(daemon, head(35, 7, number=1) + b'xxx')
    is_good(daemon, frame('LABEL', command='x' * 255))
    is_malformed(daemon, frame('LABEL', command='x' * 256))
    is_malformed(daemon, head(32 + 2 + 4, 3) + struct.pack('<H', 5) + b'xxxx')
    is_malformed(daemon, head(32 + 2 + 4, 3) + struct.pack('<H', 3) + b'xxxx')
    is_malformed(daemon, head(33, 3) + b'x')
    opened = open_frame(0)
    for count, good in ((64, True), (65, False)):
        apply = frame('APPLY', number=2, timeout=0, terms=[(0, POST, 1)] * count)
        if good:
            is_good(daemon, opened + apply, 'OK', 'OK')
        else:
            is_malformed(daemon, opened + apply, before=1)
    is_good(daemon, opened + frame('APPLY', number=2, timeout=0, terms=[]), 'OK', 'EINVAL')
    is_malformed(daemon, opened + head(32 + 12 + 12, 8, number=2) +
                 struct.pack('<qI3I', 0, 2, 0, POST, 1), before=1)


@check('a flag other than 1', malformed=['a flag'])
def _(daemon):
    is_good(daemon, head(32, flags=1))
    for flags in (2, 3, 0x8000):
        is_malformed(daemon, head(32, flags=flags))


@check('HELLO first and once', malformed=['a frame other than HELLO'])
def _(daemon):
    hello = frame('HELLO', seen=0, min_version=1, max_version=1, features=0, session=bytes(16),
                  command='')
    is_malformed(daemon, head(32, seen=0), greet=False)
    is_malformed(daemon, frame('LEAVE', seen=0), greet=False)
    is_malformed(daemon, hello + hello, before=1, greet=False)
    is_malformed(daemon, hello)


@check('request numbers: 0 where none belongs; rising, also with gaps, where one does',
       malformed=['a number other'])
def _(daemon):
    is_malformed(daemon, head(32, number=1))
    is_malformed(daemon, frame('LEAVE', number=1))
    is_malformed(daemon, open_frame(0, number=0))
    is_good(daemon, open_frame(0, 5) + open_frame(1, 6) + open_frame(2, 2**64 - 1), *['OK'] * 3)
    is_malformed(daemon, open_frame(0, 5) + open_frame(1, 5), before=1)
    is_malformed(daemon, open_frame(0, 5) + open_frame(1, 4), before=1)


@check('seen: up to the last running number; it may lag, and go back', malformed=['seen above'])
def _(daemon):
    is_good(daemon, head(32, seen=0) + head(32, seen=1) + head(32, seen=0), *['OK'] * 3)
    is_malformed(daemon, head(32, seen=2))
    is_malformed(daemon, head(32) + head(32, seen=3), before=1)
    is_malformed(daemon, head(32, seen=2**64 - 1))


@check('256 replies to numbered requests that cannot wait may be unseen, one more may not',
       limit=['unseen replies to numbered requests that cannot wait'],
       malformed=['one more unseen reply'])
def _(daemon):
    most = b''.join(frame('REMOVE', number=i + 1, name='none') for i in range(256))
    one_more = frame('REMOVE', number=300, name='none')
    is_good(daemon, most, *['ENOENT'] * 256)
    is_malformed(daemon, most + one_more, before=256)
    # Replies to other requests and to those that can wait do not count, nor do seen replies.
    others = frame('PING') * 10 + frame('CANCEL', request=3) * 10
    same(answer_to(daemon, most + others)[2].error, None, 'END after requests without numbers')
    wait = frame('APPLY', number=300, timeout=1, terms=[(0, ACQUIRE, 1)])
    opened = open_frame(0)
    rest = b''.join(frame('REMOVE', number=i + 2, name='none') for i in range(255))
    is_good(daemon, opened + rest + wait, 'OK', *['ENOENT'] * 255, 'OK')
    for timeout, kind in ((0, ACQUIRE), (1, POST), (1, RELEASE), (1, SETTLE)):
        cannot = frame('APPLY', number=300, timeout=timeout, terms=[(0, kind, 1)])
        is_malformed(daemon, opened + rest + cannot, before=256)
    client = daemon.client()
    client.socket.sendall(most)
    for _ in range(256):
        client.receive()
    client.socket.sendall(frame('REMOVE', number=300, name='none', seen=2))
    same(client.receive().error, 'ENOENT', 'the next when one of them has been seen')
    client.socket.sendall(frame('REMOVE', number=301, name='none', seen=2))
    same(client.ended(), 'EPROTO', 'the one after')


# --- Handles ------------------------------------------------------------------------------------

@check("a handle's number: at most the count of those used so far; open again is malformed",
       '--max-handles', '3', malformed=["a handle's number"])
def _(daemon):
    is_malformed(daemon, open_frame(1))
    is_good(daemon, open_frame(0, 1) + open_frame(1, 2) + open_frame(2, 3), 'OK', 'OK', 'OK')
    is_malformed(daemon, open_frame(0, 1) + open_frame(2, 2), before=1)
    is_malformed(daemon, open_frame(0, 1) + open_frame(0, 2), before=1)
    for unused in (frame('QUERY', handle=0), frame('CLOSE', number=1, handle=0),
                   frame('SET', number=1, handle=0, total=1), frame('RESET', number=1, handle=0),
                   frame('CHANGE', number=1, handle=0, **NO_CHANGE),
                   frame('APPLY', number=1, timeout=0, terms=[(0, POST, 1)])):
        is_malformed(daemon, unused)
    closed = open_frame(0) + frame('CLOSE', number=2, handle=0)
    is_malformed(daemon, closed + frame('QUERY', handle=0), before=2)
    is_malformed(daemon, closed + frame('CLOSE', number=3, handle=0), before=2)
    is_good(daemon, closed + open_frame(0, 3), 'OK', 'OK', 'OK')
    is_good(daemon, closed + open_frame(1, 3), 'OK', 'OK', 'OK')
    # Numbers at and above the cap, which the daemon refuses. They use up no handle.
    is_good(daemon, open_frame(3, 1) + frame('QUERY', handle=4) +
            frame('APPLY', number=2, timeout=0, terms=[(3, POST, 1)]) +
            frame('CLOSE', number=3, handle=3) + open_frame(0, 4),
            'EQUOTA', 'EQUOTA', 'EQUOTA', 'OK', 'OK')
    is_malformed(daemon, open_frame(1000, 1) + open_frame(1, 2), before=1)
    is_malformed(daemon, open_frame(1000, 1) + frame('QUERY', handle=1), before=1)


@check('an OPEN that failed answers for its handle, until it is closed or opened again')
def _(daemon):
    client = daemon.client()
    same(client.opens('none', flags=0), 'ENOENT')
    for request, values in (('QUERY', {}), ('SET', {'total': 1}), ('RESET', {}),
                            ('CHANGE', NO_CHANGE)):
        same(client.status(request, handle=0, **values), 'ENOENT', request)
    same(client.apply((POST, 1), timeout=-1), 'ENOENT')
    same(client.apply(timeout=0), 'EINVAL', 'APPLY that names no handle')
    same(client.opens('', handle=1), 'EINVAL')
    same(client.apply((POST, 1, 1)), 'EINVAL')
    same(client.opens('a', handle=1), 'OK', 'OPEN again')
    same(client.status('CLOSE', handle=0), 'OK')
    same(client.opens('a'), 'OK', 'OPEN of the number that was closed')
