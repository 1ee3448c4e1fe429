"""sessions.py - the identity of a client: HELLO, PING, LABEL, BIND, DETACH, KICK, and ELOST."""
import os

import semd
from harness import NO_CHANGE, Daemon, check, fields_are, needs_root, opening, same
from processes import OTHER, Child, descriptors_left, user
from semd import ACQUIRE, POST, RELEASE


@check('HELLO: the reply tells version, client, the daemon')
def _(daemon):
    client = daemon.connect()
    reply = client.hello('a command')
    fields_are(reply, version=1, known=0, features=0, pid=daemon.process.pid)
    same(reply['release'] != '', True, 'that there is a release')
    same(daemon.connect().hello()['run'], reply['run'], 'the run of one daemon')
    same(reply['client'] < daemon.connect().hello()['client'], True, 'that numbers of clients rise')


@check('HELLO: the highest version that both speak')
def _(daemon):
    for lowest, highest in ((1, 1), (0, 1), (1, 2), (0, 2**32 - 1)):
        reply = daemon.connect().hello(min_version=lowest, max_version=highest)
        fields_are(reply, version=1)


@check('HELLO: without a common version END names the versions of the daemon')
def _(daemon):
    for lowest, highest in ((2, 2), (2, 2**32 - 1), (0, 0), (2, 1), (1, 0)):
        client = daemon.connect()
        client.send('HELLO', min_version=lowest, max_version=highest, features=0,
                    session=bytes(16), command='')
        same(client.ended(), 'EPROTO', f'END to versions {lowest} to {highest}')
        same(client.end.tag, client.tag, 'its tag')
        fields_are(client.end, min_version=1, max_version=1)


@check('HELLO: tells the limits that a client must know', '--max-handles', '3',
       '--max-unsent', '131072')
def _(daemon):
    fields_are(daemon.connect().hello(), max_request=4096, max_reply=4096, max_terms=64,
               max_unseen=256, max_handles=3, max_unsent=131072)


@check('HELLO: its seen may be any number')
def _(daemon):
    client = daemon.connect()
    client.seen = 2**64 - 1
    same(client.hello().number, 1, 'the running number of its reply')
    client.ask('PING')


@check('HELLO: another daemon has another run')
def _(daemon):
    runs = {daemon.connect().hello()['run']}
    for _ in range(3):
        another = Daemon()
        try:
            runs.add(another.connect().hello()['run'])
            another.stop()
        finally:
            another.remove()
    same(len(runs), 4, 'the number of runs of four daemons')


@check('HELLO: only features that the daemon knows too; there are none yet')
def _(daemon):
    client = daemon.connect()
    reply = client.ask('HELLO', min_version=1, max_version=1, features=2**64 - 1, session=bytes(16),
                       command='')
    fields_are(reply, features=0)


def hello_as(client, session):
    """HELLO with that session number."""
    return client.answer(client.send('HELLO', min_version=1, max_version=1, features=0,
                                     session=session, command=''))


@check('HELLO: a session number in use is EEXIST; one used before is unknown')
def _(daemon):
    first, second = daemon.client(), daemon.connect()
    for _ in range(2):
        same(hello_as(second, first.session).error, 'EEXIST')
    first.leave()
    reply = hello_as(second, first.session)
    fields_are(reply, known=0)
    same(reply.number, 3, 'the running number of the third reply')
    same(reply['client'] != first.client, True, 'that it is another client')
    second.ask('PING')


@check('HELLO: after a refusal nothing but HELLO may come')
def _(daemon):
    first, second = daemon.client(), daemon.connect()
    same(hello_as(second, first.session).error, 'EEXIST')
    second.send('PING')
    same(second.ended(), 'EPROTO', 'END')


@check('HELLO: a session number of zeros is none: any number of connections may have it')
def _(daemon):
    for _ in range(3):
        same(hello_as(daemon.connect(), bytes(16)).error, 'OK')


@check('PING: earlier requests have been dealt with')
def _(daemon):
    client = daemon.client()
    client.send('OPEN', **opening('a'))
    waits = client.start((ACQUIRE, 2))
    client.ask('PING')
    client.are(waiting=1)
    same(waits in client.replies, False, 'that the request which waits was answered')


@check('LABEL: is shown in place of the command line of HELLO, also with odd bytes')
def _(daemon):
    client = daemon.client('first')
    client.open('a')
    client.apply((ACQUIRE, 1))
    for text in ('', 'second', 'x' * 255, 'no \udcff UTF-8', 'a\nline'):
        client.ask('LABEL', command=text)
        holder = client.ask('SHOW', cursor=0, name='a').rows[1]
        fields_are(holder, command=text)


@check('BIND: holds belong to the process, and go with it')
def _(daemon):
    with Child() as process:
        first, second = daemon.bound(process.pid, 'a process'), daemon.bound(process.pid)
        same(second.client, first.client, 'that both are one client')
        first.open('a', initial=2)
        second.open('a')
        same(first.apply((ACQUIRE, 2)), 'OK')
        same(second.apply((RELEASE, 1)), 'OK')
        holder = first.ask('SHOW', cursor=0, name='a').rows[1]
        fields_are(holder, client=first.client, pid=process.pid, permits=1, command='a process')
        first.leave()
        second.leave()
        waiter = daemon.client()
        waiter.open('a')
        waits = waiter.wait((ACQUIRE, 2))
        process.end()
        same(waiter.result(waits), 'OK')


@check('BIND: a process that has ended, or is another, is ENOENT')
def _(daemon):
    with Child() as process:
        named = semd.name_process(process.pid)
        wrong = [{'pid': os.getpid()}, {'pid': 2**32 - 1}]
        wrong += [{'inode': named['inode'] + 1}, {'inode': 0}] if named['inode'] else \
            [{'start': named['start'] + 1}]
        for one in wrong:
            status = daemon.client().status('BIND', command='', **{**named, **one})
            same(status, 'ENOENT', f'BIND with {one}')
        if named['inode']:
            status = daemon.client().status('BIND', command='', **{**named, 'start': 0})
            same(status, 'OK', 'BIND by inode with another start time')
    same(daemon.client().status('BIND', command='', **named), 'ENOENT', 'BIND to who has ended')


@check('BIND: to the process that has connected, as 0 or by its names')
def _(daemon):
    first, second = daemon.client(), daemon.client()
    first.client = first.ask('BIND', pid=0, inode=0, start=0, command='me')['client']
    told = second.ask('BIND', command='', **semd.name_process(os.getpid()))
    same(told['client'], first.client, 'that both are one client')
    first.open('a')
    first.apply((ACQUIRE, 1))
    fields_are(first.ask('SHOW', cursor=0, name='a').rows[1], client=first.client, pid=os.getpid(),
               command='me')


@check('BIND: after an OPEN is EINVAL')
def _(daemon):
    named = semd.name_process(os.getpid())
    client = daemon.client()
    client.open('a')
    same(client.status('BIND', command='', **named), 'EINVAL')
    client.ask('CLOSE', handle=0)
    same(client.status('BIND', command='', **named), 'EINVAL', 'BIND after a CLOSE')
    client = daemon.client()
    same(client.opens('none', flags=0), 'ENOENT')
    same(client.status('BIND', command='', **named), 'EINVAL', 'BIND after an OPEN that failed')
    same(client.status('BIND', command='', **{**named, 'pid': 2**32 - 1}), 'EINVAL',
         'BIND to no process after an OPEN')


@check('BIND: after an OPEN of a number above all, which uses none', '--max-handles', '3')
def _(daemon):
    client = daemon.client()
    same(client.opens('a', handle=3), 'EQUOTA')
    same(client.status('BIND', command='', **semd.name_process(os.getpid())), 'OK')


@check('BIND: repeated for the same process it has the same outcome, for another it is EINVAL')
def _(daemon):
    own = semd.name_process(os.getpid())
    client = daemon.bound(os.getpid())
    client.open('a')
    same(client.apply((ACQUIRE, 1)), 'OK')
    for name in (own, {**own, 'pid': 0}):
        same(client.ask('BIND', command='', **name)['client'], client.client, 'the bound client')
    same(client.apply((RELEASE, 1)), 'OK', 'RELEASE of what was held')
    with Child() as process:
        for other in (semd.name_process(process.pid), {**own, 'inode': own['inode'] + 1,
                                                       'start': own['start'] + 1}):
            same(client.status('BIND', command='', **other), 'EINVAL', 'BIND to another')
        bound = daemon.bound(process.pid)
        same(bound.status('BIND', command='', **{**own, 'pid': 0}), 'EINVAL', 'BIND to oneself')
    detached = daemon.client()
    number = detached.ask('DETACH')['client']
    same(detached.ask('BIND', command='', **own)['client'], number, 'BIND after DETACH')


@check('BIND: another user\'s process is EACCES, but not for root', skip=needs_root,
       produces=['BIND EACCES'])
def _(daemon):
    with Child() as process:
        with user(OTHER):
            client = daemon.client()
        same(client.status('BIND', command='', **semd.name_process(process.pid)), 'EACCES')
        own = semd.name_process(os.getpid())
        same(client.status('BIND', command='', **own), 'OK', 'BIND to the one that has connected')

    def become_other():
        os.setgid(OTHER)
        os.setuid(OTHER)
    with Child(become_other) as process:
        daemon.bound(process.pid)


@check('BIND: one bound client too many is EQUOTA', '--max-clients', '4',
       limit=['clients of a user'])
def _(daemon):
    with Child() as process, Child() as another:
        daemon.bound(process.pid)
        # A connection and a bound client are two clients.
        client = daemon.client()
        client.ask('BIND', command='', **semd.name_process(process.pid))
        client = daemon.client()
        same(client.status('BIND', command='', **semd.name_process(another.pid)), 'EQUOTA')


@check('BIND: a process that the daemon cannot watch for lack of descriptors is EQUOTA')
def _(daemon):
    client = daemon.client()
    with Child() as process:
        named = semd.name_process(process.pid)
        with descriptors_left(daemon.process.pid, 0):
            same(client.status('BIND', command='', **named), 'EQUOTA')
        same(client.status('BIND', command='', **named), 'OK', 'BIND when there are some')


@check('DETACH: holds stay until the process ends; waits and handles end')
def _(daemon):
    def detach():
        client = daemon.client('child')
        client.open('a', initial=2)
        client.open('b', handle=1)
        same(client.apply((ACQUIRE, 2)), 'OK')
        waits = client.wait((ACQUIRE, 1))
        detached = client.send('DETACH')
        order = [client.receive() for _ in range(2)]
        same([frame.tag for frame in order], [waits, detached], 'the order of the replies')
        same(order[0].error, 'ECANCELED', 'the request that waited')
        same(order[1]['client'] != client.client, True, 'that it is a client of its own')
        client.open('a', handle=0)      # handle numbers begin again
        same(client.apply((RELEASE, 1)), 'OK', 'RELEASE by the bound client')
        client.leave()

    waiter = daemon.client()
    with Child(detach) as process:
        waiter.open('a')
        waits = waiter.wait((ACQUIRE, 2))
        holder = waiter.ask('SHOW', cursor=0, name='a').rows[1]
        fields_are(holder, pid=process.pid, permits=1, command='child')
        process.end()
    same(waiter.result(waits), 'OK')


@check('DETACH of a bound client: only waits and handles end')
def _(daemon):
    with Child() as process:
        client = daemon.bound(process.pid)
        client.open('a')
        same(client.apply((ACQUIRE, 1)), 'OK')
        waits = client.wait((ACQUIRE, 1))
        same(client.ask('DETACH')['client'], client.client, 'the bound client')
        same(client.result(waits), 'ECANCELED')
        client.open('a')
        client.are(held=1)


@check('DETACH: of connections that have detached the daemon closes the one before')
def _(daemon):
    first, second = daemon.client(), daemon.client()
    bound = first.ask('DETACH')['client']
    first.ask('PING')
    same(second.ask('DETACH')['client'], bound, 'the bound client')
    same(first.ended(), None, 'END')
    second.ask('PING')


@check('KICK: the connection ends with ELOST, waits without a reply, and holds go back')
def _(daemon):
    client, kicked = daemon.client(), daemon.client()
    client.open('a')
    kicked.open('a')
    kicked.apply((ACQUIRE, 1))
    kicked.wait((ACQUIRE, 1))
    waits = client.wait((ACQUIRE, 1))
    client.ask('KICK', client=kicked.client)
    same(client.result(waits), 'OK')
    lost(kicked)
    same(client.status('KICK', client=kicked.client), 'ENOENT')
    same(client.status('KICK', client=0), 'ENOENT')


def lost(client):
    """Only END may come, with no frame's tag."""
    frames = []
    try:
        while True:
            frames.append(client.receive())
    except semd.Ended as ended:
        same(ended.error, 'ELOST')
        same(ended.end.tag, 0)
    same(frames, [])


@check('KICK: of oneself the reply comes before END')
def _(daemon):
    client = daemon.client()
    same(client.status('KICK', client=client.client), 'OK')
    lost(client)


@check('KICK: a bound client, with the connections bound to it')
def _(daemon):
    with Child() as process:
        bound, other = daemon.bound(process.pid), daemon.client()
        bound.open('a')
        other.open('a')
        bound.apply((ACQUIRE, 1))
        waits = other.wait((ACQUIRE, 1))
        same(other.status('KICK', client=bound.client), 'OK')
        same(other.result(waits), 'OK')
        lost(bound)


@check('ELOST: for connections bound to a process that has ended')
def _(daemon):
    with Child() as process:
        client = daemon.bound(process.pid)
        client.open('a')
        client.apply((ACQUIRE, 1))
        client.wait((ACQUIRE, 1))
        process.end()
    lost(client)
