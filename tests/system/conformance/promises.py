"""promises.py - what PROTOCOL.md promises for a connection as a whole: order, running numbers,
its begin and end, and the owner of holds."""
import os
import resource
import signal

import harness
import semd
from harness import check, needs_plain_memory, needs_root, opening, readable, same
from processes import OTHER, Child, ExecChild, descriptors_left, user
from semd import ACQUIRE, POST, RELEASE


# --- Order and numbers --------------------------------------------------------------------------

@check('no reply need be awaited: HELLO, OPEN and APPLY go out in one write')
def _(daemon):
    client = daemon.connect()
    data = b''.join(client.request(name, **values).encode() for name, values in (
        ('HELLO', {'min_version': 1, 'max_version': 1, 'features': 0, 'session': bytes(16),
                   'command': ''}),
        ('OPEN', opening('a', flags=0)),
        ('APPLY', {'timeout': -1, 'terms': [(0, ACQUIRE, 1)]}),
        ('OPEN', opening('a')),
        ('APPLY', {'timeout': -1, 'terms': [(0, ACQUIRE, 1)]})))
    for byte in data[:-1]:      # a frame may also come in several writes
        client.socket.sendall(bytes([byte]))
    client.socket.sendall(data[-1:])
    same([client.receive().error for _ in range(5)], ['OK', 'ENOENT', 'ENOENT', 'OK', 'OK'])


@check('many requests in flight are answered in order, except those that wait')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=0, max=100)
    waits = [client.send('APPLY', timeout=-1, terms=[(0, ACQUIRE, 1)]) for _ in range(3)]
    pings = [client.send('PING') for _ in range(200)]
    same([client.receive().tag for _ in pings], pings, 'the order of the replies')
    post = client.send('APPLY', timeout=0, terms=[(0, POST, 2)])
    same([client.receive().tag for _ in range(3)].count(post), 1)
    client.ask('PING')
    same(waits[2] in client.replies, False, 'that the third was granted')


@check('rows come before the reply of their request and after the previous reply')
def _(daemon):
    client = daemon.client()
    client.open('a')
    tags = [client.send(request, **values) for request, values in (
        ('PING', {}), ('LIST', {'cursor': 0}), ('PING', {}), ('SHOW', {'cursor': 0, 'name': 'a'}))]
    frames = [client.receive() for _ in range(6)]
    same([(frame.kind, frame.tag) for frame in frames],
         [('reply', tags[0]), ('row', tags[1]), ('reply', tags[1]), ('reply', tags[2]),
          ('row', tags[3]), ('reply', tags[3])])
    same({(frame.number, frame.request) for frame in frames if frame.kind == 'row'}, {(0, 0)},
         'the numbers of rows')


@check('replies are numbered 1, 2, 3 in the order sent, and say the number of their request')
def _(daemon):
    client = daemon.connect()
    same(client.hello().number, 1)
    asked = [client.send('PING'), client.send('REMOVE', name='none'),
             client.send('LABEL', command=''), client.send('REMOVE', name='none')]
    frames = [client.receive() for _ in asked]
    same([(frame.tag, frame.number, frame.request) for frame in frames],
         [(tag, i + 2, number) for i, (tag, number) in enumerate(zip(asked, (0, 1, 0, 2)))])


@check('a tag may be any number')
def _(daemon):
    client = daemon.client()
    for tag in (0, 2**64 - 1, 5, 5):
        client.socket.sendall(semd.Frame('PING', 'request', {}, 0, tag, 0, 1).encode())
        same(client.receive().tag, tag)


@check('a client skips rows that it does not know, and takes an unknown status for a refusal')
def _(daemon):
    client = daemon.client()
    tag = client.send('PING')
    client.receive()
    ours, theirs = semd.socket.socketpair()
    client.socket.close()
    client.socket = ours
    theirs.sendall(semd.HEAD.pack(36, 99, 0, tag, 0, 0) + b'what' +
                   semd.HEAD.pack(32, semd.BY_NAME['PING'].opcode, 99, tag, 3, 0))
    reply = client.answer(tag)
    same((reply.name, reply.status, reply.error), ('PING', 99, 'status 99'))
    theirs.close()


# --- Ends ---------------------------------------------------------------------------------------

@check('a kill releases all holds: a blocked acquire completes; posts stay')
def _(daemon):
    def hold():
        client = daemon.client()
        client.open('a', initial=3)
        client.open('posts', handle=1, initial=0)
        client.apply((ACQUIRE, 3))
        client.apply((POST, 5, 1))
        return client
    waiter = daemon.client()
    with Child(hold) as process:
        waiter.open('a', flags=0)
        waits = waiter.wait((ACQUIRE, 3))
        process.end()
    same(waiter.result(waits), 'OK')
    waiter.open('posts', handle=1, flags=0)
    waiter.are(1, total=5, posted=5)


@check('a child that keeps the socket open keeps nothing alive')
def _(daemon):
    waiter = daemon.client()
    stays, lets_go = os.pipe()

    def hold_with_child():
        client = daemon.client()
        client.open('a')
        client.apply((ACQUIRE, 1))
        if os.fork() == 0:
            os.close(lets_go)
            os.read(stays, 1)
            os._exit(0)
        return client
    with Child(hold_with_child) as process:
        waiter.open('a', flags=0)
        waits = waiter.wait((ACQUIRE, 1))
        process.end()
    same(waiter.result(waits), 'OK')
    os.close(lets_go)
    os.close(stays)


@check('a client that has seen a process end finds its permits given back')
def _(daemon):
    def hold():
        client = daemon.client()
        client.open('a')
        client.apply((ACQUIRE, 1))
        return client
    trier = daemon.client()
    trier.open('a')
    with Child(hold) as process:
        process.end()
        same(trier.apply((ACQUIRE, 1)), 'OK', 'what is tried at once')
    trier.apply((RELEASE, 1))
    # Also if the daemon reads the request before it can notice the end.
    with Child(hold) as process:
        daemon.stand_still()
        tried = trier.start((ACQUIRE, 1), timeout=0)
        process.end()
        daemon.process.send_signal(signal.SIGCONT)
        same(trier.result(tried), 'OK', 'what was tried before')


@check('a process keeps its detached holds over exec')
def _(daemon):
    reader, writer = os.pipe()

    def hold():
        client = daemon.client()
        client.open('a')
        client.apply((ACQUIRE, 1))
        client.ask('DETACH')
        client.leave()
        os.set_inheritable(writer, True)
        os.close(reader)
        # The shell writes a line, and then stops.
        os.execv('/bin/sh', ['sh', '-c', f'echo >&{writer}; kill -STOP $$'])
    with ExecChild(hold) as process:
        os.close(writer)
        os.read(reader, 1)
        client = daemon.client()
        client.open('a', flags=0)
        client.are(held=1)
        waits = client.wait((ACQUIRE, 1))
        process.end()
    os.close(reader)
    same(client.result(waits), 'OK')


@check('a descriptor that is passed on has the rights and the life of the process that connected')
def _(daemon):
    ours, theirs = semd.socket.socketpair()

    def connect():
        client = daemon.client()
        semd.socket.send_fds(theirs, [b'.'], [client.socket.fileno()])
        return client
    with Child(connect) as process:
        _, (fd,), _, _ = semd.socket.recv_fds(ours, 1, 1)
        client = daemon.connect()
        client.socket.close()
        client.socket = semd.socket.socket(fileno=fd)
        client.socket.settimeout(harness.LIMIT)
        client.seen = 1
        client.open('a')
        client.apply((ACQUIRE, 1))
        holder = client.ask('SHOW', cursor=0, name='a').rows[1]
        same(holder['pid'], process.pid, 'whose it is')
        other = daemon.client()
        other.open('a')
        waits = other.wait((ACQUIRE, 1))
        process.end()
    same(other.result(waits), 'OK')
    ours.close()
    theirs.close()


@check('its user is that of the time of connect', skip=needs_root)
def _(daemon):
    with user(OTHER):
        client = daemon.connect()
    client.hello()
    client.open('a')
    client.apply((ACQUIRE, 1))
    client.are(uid=OTHER, gid=OTHER)
    holder = client.ask('SHOW', cursor=0, name='a').rows[1]
    same(holder['uid'], OTHER)


@check('END EQUOTA: the daemon is out of descriptors')
def _(daemon):
    with descriptors_left(daemon.process.pid, 1):
        refused = daemon.connect()
        same(refused.ended(), 'EQUOTA', 'END')
        same(refused.end.tag, 0, 'its tag')
    daemon.client()


@check('END ECONN: the daemon ends')
def _(daemon):
    client, quiet = daemon.client(), daemon.connect()
    client.open('a', initial=0)
    client.wait((ACQUIRE, 1))
    daemon.process.send_signal(signal.SIGTERM)
    same(client.ended(), 'ECONN', 'END')
    same(client.end.tag, 0, 'its tag')
    same(quiet.ended(), 'ECONN', 'END of who has said nothing')


@check('no END: the daemon is killed')
def _(daemon):
    client = daemon.client()
    daemon.process.kill()
    daemon.ends_with = -signal.SIGKILL
    same(client.ended(), None, 'END')


@check('ENOMEM: nothing is changed', '--max-semaphores', '1000000', '--max-handles', '1000000',
       skip=needs_plain_memory, produces=['status ENOMEM'])
def _(daemon):
    client = daemon.client()
    before = resource.prlimit(daemon.process.pid, resource.RLIMIT_AS, (1, resource.RLIM_INFINITY))
    handle, status = 0, 'OK'
    while status == 'OK':
        status = client.opens(f'{handle}', handle=handle)
        handle += 1
    same(status, 'ENOMEM')
    resource.prlimit(daemon.process.pid, resource.RLIMIT_AS, before)
    handle -= 1
    same(client.opens(f'{handle}', handle=handle, flags=0), 'ENOENT', 'OPEN of what was refused')
    same(client.opens(f'{handle}', handle=handle), 'OK')
    same(readable(client), False)
