"""messages.py - each request does what PROTOCOL.md says, and is refused as it says."""
import os

import semd
from harness import OTHER, Child, check, fields_are, needs_root, same, user
from semd import (ACQUIRE, CONSUME, CREATE, EXCLUSIVE, LAST_CLOSE, POST, RELEASE, RELEASE_POSTS, RESET,
                  SETTLE, UNLINKED, WAIT_ZERO)

LARGEST = 2**31 - 1
# Names that cannot be: none, no UTF-8 (a lone byte, a surrogate), a control character.
BAD_NAMES = ['', 'a\udcff', '\udced\udca0\udc80', 'a\nb', 'a\x7f', 'a\0b', 'a\x1f', '\x80', '\x9f']
GOOD_NAMES = [' ', '~', '\xa0', '\U0010ffff', 'a/b', 'x' * 255]


# --- HELLO, PING, LABEL -------------------------------------------------------------------------

@check('HELLO: the reply tells version, client, the daemon')
def _(daemon):
    client = daemon.connect()
    reply = client.hello('a command')
    fields_are(reply, version=1, known=0, features=0, pid=daemon.process.pid)
    same(reply['release'] != '', True, 'that there is a release')
    same(reply['client'] < daemon.connect().hello()['client'], True, 'that numbers of clients rise')


@check('HELLO: the highest version that both speak')
def _(daemon):
    for lowest, highest in ((1, 1), (0, 1), (1, 2), (0, 2**32 - 1)):
        reply = daemon.connect().hello(min_version=lowest, max_version=highest)
        fields_are(reply, version=1)


@check('HELLO: no version in common is EPROTO, then END')
def _(daemon):
    for lowest, highest in ((2, 2), (2, 2**32 - 1), (0, 0), (2, 1), (1, 0)):
        client = daemon.connect()
        try:
            client.hello(min_version=lowest, max_version=highest)
        except semd.Refused as refused:
            same(refused.error, 'EPROTO', 'the status')
        else:
            raise AssertionError(f'versions {lowest} to {highest} are welcome')
        same(client.ended(), 'EPROTO', 'END')


@check('HELLO: of the features those that the daemon knows too; there are none')
def _(daemon):
    client = daemon.connect()
    reply = client.ask('HELLO', min_version=1, max_version=1, features=2**64 - 1, session=bytes(16),
                       command='')
    fields_are(reply, features=0)


@check('HELLO: a session number that was used before is not known')
def _(daemon):
    first = daemon.client()
    for _ in range(2):
        second = daemon.connect()
        reply = second.ask('HELLO', min_version=1, max_version=1, features=0, session=first.session,
                           command='')
        fields_are(reply, known=0)
        same(reply['client'] != first.client, True, 'that it is another client')
        first.leave()


@check('PING: what was sent before has been dealt with')
def _(daemon):
    client = daemon.client()
    client.send('OPEN', handle=0, flags=CREATE, initial=1, max=0, mode=0, bypass=0, name='a')
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


# --- BIND, DETACH -------------------------------------------------------------------------------

@check('BIND: what is held belongs to the process, and goes with it')
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


@check('BIND: a process that is not there, or not the one named, is ENOENT')
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


@check('BIND: after an OPEN, and a second time, is EINVAL')
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
    client = daemon.bound(os.getpid())
    same(client.status('BIND', command='', **named), 'EINVAL', 'a second BIND')


@check('BIND: another user\'s process is EACCES, but not for root', skip=needs_root,
       produces=['BIND EACCES'])
def _(daemon):
    with Child() as process:
        with user(OTHER):
            client = daemon.client()
        same(client.status('BIND', command='', **semd.name_process(process.pid)), 'EACCES')
        same(client.status('BIND', command='', **semd.name_process(os.getpid())), 'OK', 'to its own')

    def become_other():
        os.setgid(OTHER)
        os.setuid(OTHER)
    with Child(become_other) as process:
        daemon.bound(process.pid)


@check('BIND: one bound client too many is EQUOTA', '--max-clients', '4', limit=['clients of a user'])
def _(daemon):
    with Child() as process, Child() as another:
        daemon.bound(process.pid)
        # A connection, and who is bound, are two.
        client = daemon.client()
        client.ask('BIND', command='', **semd.name_process(process.pid))
        client = daemon.client()
        same(client.status('BIND', command='', **semd.name_process(another.pid)), 'EQUOTA')


@check('DETACH: what is held stays until the process ends; waits and handles end')
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
        client.open('a', handle=0)      # numbers begin again
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


@check('DETACH: once bound only waits and handles end')
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
    first.ended()
    second.ask('PING')


# --- OPEN, CLOSE --------------------------------------------------------------------------------

@check('OPEN: creates with what it was told, and what 0 stands for')
def _(daemon):
    client = daemon.client()
    reply = client.open('a', initial=3, max=5, mode=0o640, bypass=7)
    client.are(id=reply['id'], available=3, held=0, total=3, waiting=0, posted=0, used_up=0, initial=3,
               max=5, mode=0o640, uid=os.geteuid(), gid=os.getegid(), flags=0, bypass=7, name='a')
    client.open('b', handle=1, initial=0)
    client.are(1, max=LARGEST, mode=0o600, total=0, bypass=0)
    again = client.open('a', handle=2, initial=1, max=1, mode=0o600, bypass=1, flags=CREATE | LAST_CLOSE)
    same(again['id'], reply['id'], 'the id')
    client.are(2, total=3, max=5, mode=0o640, bypass=7, flags=0)


@check('OPEN: without CREATE it must exist, with EXCLUSIVE it must not')
def _(daemon):
    client = daemon.client()
    same(client.opens('a', flags=0), 'ENOENT')
    same(client.opens('a', flags=RESET), 'ENOENT')
    same(client.opens('a', flags=CREATE | EXCLUSIVE), 'OK')
    same(client.opens('a', handle=1, flags=CREATE | EXCLUSIVE), 'EEXIST')
    same(client.opens('a', handle=1, flags=0), 'OK')


@check('OPEN: RESET sets to initial and raises max; voids what is held; tells other handles once')
def _(daemon):
    holder, client = daemon.client(), daemon.client()
    holder.open('a', initial=2, max=2)
    holder.apply((ACQUIRE, 2))
    same(client.opens('a', flags=RESET, initial=5), 'OK')
    client.are(total=5, initial=5, max=5, held=0, available=5)
    same(holder.apply((RELEASE, 1)), 'ERESET')
    same(holder.apply((RELEASE, 1)), 'ENOTHELD')
    same(client.opens('b', handle=1, flags=CREATE | RESET), 'OK', 'RESET of what does not exist')


@check('OPEN: LAST_CLOSE ends with the last handle and hold')
def _(daemon):
    first, second = daemon.client(), daemon.client()
    first.open('a', flags=CREATE | LAST_CLOSE)
    first.are(flags=LAST_CLOSE)
    first.apply((ACQUIRE, 1))
    first.ask('CLOSE', handle=0)
    same(second.opens('a', flags=0), 'OK', 'OPEN while it is held')
    first.leave()
    second.are(held=0)
    second.ask('CLOSE', handle=0)
    same(second.opens('a', flags=0), 'ENOENT')


@check('OPEN: without LAST_CLOSE it stays without any handle')
def _(daemon):
    client = daemon.client()
    client.open('a')
    client.leave()
    same(daemon.client().opens('a', flags=0), 'OK')


@check('OPEN: RELEASE_POSTS, of this handle only')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=1, max=3, flags=CREATE | RELEASE_POSTS)
    client.open('a', handle=1)
    client.apply((ACQUIRE, 1))
    same(client.apply((RELEASE, 2, 1)), 'ENOTHELD')
    same(client.apply((RELEASE, 3)), 'OK')
    client.are(total=3, held=0, posted=2)
    same(client.apply((RELEASE, 1)), 'EOVERFLOW')


@check('OPEN: what cannot be is EINVAL, of what exists as well')
def _(daemon):
    client = daemon.client()
    client.open('a')
    for exists in ('a', 'b'):
        for wrong in ({'flags': CREATE | 32}, {'flags': CREATE | 2**31}, {'flags': EXCLUSIVE},
                      {'flags': LAST_CLOSE}, {'flags': CREATE | EXCLUSIVE | RESET},
                      {'initial': 2, 'max': 1}, {'initial': LARGEST + 1}, {'max': LARGEST + 1},
                      {'mode': 0o1000}):
            same(client.opens(exists, handle=1, **wrong), 'EINVAL', f'OPEN with {wrong}')
    for name in BAD_NAMES:
        same(client.opens(name, handle=1), 'EINVAL', f'OPEN of {name!r}')
    for name in GOOD_NAMES:
        same(client.opens(name, handle=1), 'OK', f'OPEN of {name!r}')
        client.ask('CLOSE', handle=1)
    same(client.opens('b', handle=1, initial=LARGEST, max=LARGEST, mode=0o777), 'OK')


@check('OPEN: rights', skip=needs_root, produces=['OPEN EACCES'])
def _(daemon):
    owner = daemon.client()
    for handle, mode in enumerate((0o600, 0o604, 0o602, 0o640, 0o620)):
        owner.open(f'{mode:o}', handle=handle, mode=mode)
    with user(OTHER):
        other = daemon.client()
    with user(OTHER, 0):
        member = daemon.client()
    same(other.opens('600', flags=0), 'EACCES')
    same(other.opens('604', flags=0), 'OK', 'OPEN with r')
    same(other.apply((ACQUIRE, 1)), 'EACCES')
    same(other.opens('602', handle=1, flags=0), 'OK', 'OPEN with w')
    same(other.apply((ACQUIRE, 1, 1)), 'OK')
    same(other.status('QUERY', handle=1), 'EACCES')
    same(other.opens('640', handle=2, flags=0), 'EACCES')
    same(member.opens('640', flags=0), 'OK', "OPEN with the group's r")
    same(member.opens('602', handle=1, flags=0), 'EACCES')
    same(other.opens('604', handle=2, flags=RESET), 'EACCES')


@check('OPEN: the overflow user may not create', skip=needs_root)
def _(daemon):
    with user(65534):
        client = daemon.client()
    client.opens('a')


@check('CLOSE: what is held stays; what waits on the handle is ECANCELED before the reply')
def _(daemon):
    client = daemon.client()
    client.open('a')
    client.open('b', handle=1)
    client.open('a', handle=2)
    client.apply((ACQUIRE, 1))
    waits = [client.wait((ACQUIRE, 1)), client.wait((CONSUME, 1, 1), (ACQUIRE, 1, 0))]
    other = client.wait((ACQUIRE, 1, 2))
    closed = client.send('CLOSE', handle=0)
    order = [client.receive() for _ in range(3)]
    same([(frame.tag, frame.error) for frame in order],
         [(waits[0], 'ECANCELED'), (waits[1], 'ECANCELED'), (closed, 'OK')], 'the replies')
    client.are(2, held=1, waiting=1)
    same(client.apply((RELEASE, 1, 2)), 'OK', 'RELEASE by another handle')
    same(client.result(other), 'OK', 'what waited on another handle')


# --- APPLY, CANCEL ------------------------------------------------------------------------------

@check('APPLY: each kind of term')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=3, max=5)
    for terms, numbers in (
            ([(ACQUIRE, 2)], {'available': 1, 'held': 2, 'total': 3}),
            ([(RELEASE, 1)], {'available': 2, 'held': 1, 'total': 3}),
            ([(CONSUME, 1)], {'available': 1, 'held': 1, 'total': 2, 'used_up': 1}),
            ([(SETTLE, 1)], {'available': 1, 'held': 0, 'total': 1, 'used_up': 2}),
            ([(POST, 4)], {'available': 5, 'held': 0, 'total': 5, 'posted': 4}),
            ([(CONSUME, 5)], {'available': 0, 'total': 0, 'used_up': 7}),
            ([(WAIT_ZERO, 0)], {'available': 0, 'total': 0})):
        same(client.apply(*terms), 'OK', f'APPLY of {terms}')
        client.are(**numbers)


@check('APPLY: all terms or none, in order, each seeing those before')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=1, max=1)
    client.open('b', handle=1, initial=0, max=1)
    same(client.apply((ACQUIRE, 1), (POST, 1, 1), (CONSUME, 1, 1), (SETTLE, 1)), 'OK')
    client.are(total=0, used_up=1)
    client.are(1, total=0, posted=1, used_up=1)
    same(client.apply((POST, 1), (ACQUIRE, 1), (RELEASE, 2)), 'ENOTHELD')
    client.are(total=0, posted=0, held=0)
    same(client.apply((ACQUIRE, 1), (POST, 1)), 'EAGAIN', 'what takes before it gives')
    same(client.apply((POST, 1), (POST, 1)), 'EOVERFLOW')
    same(client.apply((POST, 1), (CONSUME, 1), (POST, 1)), 'OK', 'max is looked at term by term')


@check('APPLY: while it waits it takes and gives nothing; a refusal found on arrival is final')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=1)
    client.open('b', handle=1, initial=1)
    other.open('a')
    other.open('b', handle=1)
    other.apply((ACQUIRE, 1, 1))
    waits = client.wait((ACQUIRE, 1), (POST, 1), (ACQUIRE, 1, 1))
    client.are(available=1, held=0, posted=0, waiting=1)
    client.are(1, available=0, waiting=1)
    same(client.apply((ACQUIRE, 1, 1), (RELEASE, 1), timeout=-1), 'ENOTHELD', 'what could not be')
    same(other.apply((RELEASE, 1, 1)), 'OK')
    same(client.result(waits), 'OK')
    client.are(available=1, held=1, posted=1, waiting=0)


@check('APPLY: when it can be granted it is tried once more, and may be refused then')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=0)
    client.open('b', handle=1, initial=1, max=1)
    client.apply((ACQUIRE, 1, 1))
    waits = client.wait((ACQUIRE, 1), (RELEASE, 1, 1))
    same(client.apply((RELEASE, 1, 1)), 'OK', 'RELEASE meanwhile')
    other.open('a')
    other.apply((POST, 1))
    same(client.result(waits), 'ENOTHELD')
    client.are(available=1)


@check('APPLY: in order of arrival on each semaphore; a small one does not pass a large one')
def _(daemon):
    holder, first, second = (daemon.client() for _ in range(3))
    for client in (holder, first, second):
        client.open('a', initial=3)
    holder.apply((ACQUIRE, 2))
    large = first.wait((ACQUIRE, 3))
    small = second.wait((ACQUIRE, 1))
    same(holder.apply((RELEASE, 2)), 'OK')
    same(first.result(large), 'OK')
    same(second.status('PING'), 'OK')
    same(small in second.replies, False, 'that the later one was served')
    first.apply((RELEASE, 3))
    same(second.result(small), 'OK')


@check('APPLY: bypass lets so many pass a waiter')
def _(daemon):
    holder, first, second = (daemon.client() for _ in range(3))
    for client in (holder, first, second):
        client.open('a', initial=3, bypass=2)
    holder.apply((ACQUIRE, 1))
    large = first.wait((ACQUIRE, 3))
    same([second.apply((ACQUIRE, 1)) for _ in range(2)], ['OK', 'OK'], 'who comes later')
    second.apply((RELEASE, 2))
    same(second.apply((ACQUIRE, 1)), 'EAGAIN', 'one more')
    holder.apply((RELEASE, 1))
    same(first.result(large), 'OK')


@check('APPLY: WAIT_ZERO stands in no line and stops nobody')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=2)
    other.open('a')
    same(client.apply((WAIT_ZERO, 0)), 'EAGAIN')
    waits = client.wait((WAIT_ZERO, 0))
    same(other.apply((ACQUIRE, 1)), 'OK')
    other.are(waiting=1)
    same(other.apply((ACQUIRE, 1)), 'OK')
    same(client.result(waits), 'OK')


@check('APPLY: EINVAL')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=1)
    client.open('b', handle=1, initial=0)
    for terms in ([], [(0, 1)], [(7, 1)], [(2**32 - 1, 1)], [(WAIT_ZERO, 1)],
                  [(WAIT_ZERO, 0), (ACQUIRE, 1)], [(POST, 1), (WAIT_ZERO, 0)],
                  *([(kind, 0)] for kind in (ACQUIRE, CONSUME, RELEASE, SETTLE, POST))):
        same(client.apply(*terms), 'EINVAL', f'APPLY of {terms}')
    same(client.apply((WAIT_ZERO, 0, 1), (WAIT_ZERO, 0, 1)), 'OK', 'WAIT_ZERO with its like')


@check('APPLY: EAGAIN, ETIMEDOUT, EIMPOSSIBLE, ENOTHELD, EOVERFLOW')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=1, max=2)
    for kind in (ACQUIRE, CONSUME):
        same(client.apply((kind, 2)), 'EAGAIN')
        same(client.apply((kind, 2), timeout=1), 'ETIMEDOUT')
        same(client.apply((kind, 2), timeout=1000000), 'ETIMEDOUT')
        same(client.apply((kind, 3)), 'EIMPOSSIBLE')
        same(client.apply((kind, 1), (kind, 2), timeout=-1), 'EIMPOSSIBLE', 'more at one point')
    same(client.apply((RELEASE, 1)), 'ENOTHELD')
    same(client.apply((SETTLE, 1)), 'ENOTHELD')
    same(client.apply((POST, 2)), 'EOVERFLOW')
    client.are(available=1, held=0, total=1, waiting=0, posted=0, used_up=0)


@check('CANCEL: the request is ECANCELED, then comes the reply; of another number ENOENT')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=0)
    waits = client.wait((ACQUIRE, 1))
    number = client.number
    cancel = client.send('CANCEL', request=number)
    order = [client.receive() for _ in range(2)]
    same([(frame.tag, frame.error) for frame in order], [(waits, 'ECANCELED'), (cancel, 'OK')])
    for wrong in (number, number + 1, 1, 0, 2**64 - 1):
        same(client.status('CANCEL', request=wrong), 'ENOENT')
    waits = client.wait((ACQUIRE, 1))
    other = daemon.client()
    same(other.status('CANCEL', request=client.number), 'ENOENT', "another's")
    client.are(waiting=1)


# --- QUERY, SET, CHANGE, RESET, REMOVE, UNLINK --------------------------------------------------

@check('QUERY: every number, also negative')
def _(daemon):
    client = daemon.client()
    opened = client.open('a', initial=3, max=6, mode=0o640, bypass=8, flags=CREATE | LAST_CLOSE)
    client.apply((ACQUIRE, 3), (POST, 1), (CONSUME, 1))
    tags = [client.wait((ACQUIRE, 1)) for _ in range(2)]
    client.ask('SET', handle=0, total=2)
    client.are(id=opened['id'], available=-1, held=3, total=2, waiting=2, posted=1, used_up=1,
               initial=3, max=6, mode=0o640, uid=os.geteuid(), gid=os.getegid(), flags=LAST_CLOSE,
               bypass=8, name='a')
    client.ask('UNLINK', name='a')
    client.are(flags=LAST_CLOSE | UNLINKED, name='a')
    same(len(tags), 2)


@check('SET: holds stay, max is raised; nothing is granted while available is negative')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=3, max=3)
    client.apply((ACQUIRE, 3))
    client.ask('SET', handle=0, total=1)
    client.are(available=-2, held=3, total=1, max=3)
    waits = client.wait((ACQUIRE, 1))
    same(client.apply((RELEASE, 2)), 'OK')
    client.are(available=0, held=1, waiting=1)
    client.ask('SET', handle=0, total=4)
    same(client.result(waits), 'OK')
    client.are(available=2, held=2, total=4, max=4)
    client.ask('SET', handle=0, total=0)
    same(client.apply((SETTLE, 2)), 'OK')
    client.are(available=0, held=0, total=0, used_up=2)
    same(client.status('SET', handle=0, total=LARGEST + 1), 'EINVAL')
    client.ask('SET', handle=0, total=LARGEST)
    client.are(total=LARGEST, max=LARGEST)


def change(client, mask, **values):
    told = {'max': 0, 'mode': 0, 'uid': 0, 'gid': 0, 'bypass': 0, **values}
    return client.status('CHANGE', handle=0, mask=mask, **told)


@check('CHANGE: each bit of the mask changes its field and no other')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=1, max=2, mode=0o600, bypass=1)
    before = client.query().values
    told = {'max': 9, 'mode': 0o640, 'uid': os.geteuid(), 'gid': OTHER, 'bypass': 5}
    now = {name: before[name] for name in told}
    for bit, name in enumerate(told):
        same(change(client, 1 << bit, **told), 'OK', f'CHANGE of {name}')
        now[name] = told[name]
        client.are(**now)
    same(change(client, 0, max=1), 'OK', 'CHANGE of nothing')
    client.are(**now)
    same(change(client, 31, **{**told, 'max': 0}), 'OK', 'CHANGE of all')
    client.are(max=LARGEST)


@check('CHANGE: EINVAL')
def _(daemon):
    client = daemon.client()
    client.open('a', initial=2)
    client.ask('SET', handle=0, total=4)
    same(change(client, 32), 'EINVAL')
    same(change(client, 2**31), 'EINVAL')
    same(change(client, 1, max=3), 'EINVAL', 'max below the total')
    same(change(client, 1, max=4), 'OK')
    client.ask('SET', handle=0, total=1)
    same(change(client, 1, max=1), 'EINVAL', 'max below the initial value')
    same(change(client, 1, max=LARGEST + 1), 'EINVAL')
    same(change(client, 2, mode=0o1000), 'EINVAL')
    same(change(client, 2, mode=0o777), 'OK')


@check('CHANGE: rights of who has it open stay; the owner is given away by root only',
       skip=needs_root, produces=['CHANGE EACCES'])
def _(daemon):
    with user(OTHER):
        owner, second = daemon.client(), daemon.client()
    owner.open('a', mode=0o606)
    second.open('a')
    same(change(owner, 4, uid=OTHER + 1), 'EACCES')
    same(change(owner, 4, uid=OTHER), 'OK', 'CHANGE to the same owner')
    root = daemon.client()
    root.open('a')
    with user(OTHER + 1):
        stranger = daemon.client()
    stranger.open('a')
    same(change(stranger, 16, bypass=1), 'EACCES')
    same(change(root, 4 | 2, uid=OTHER + 1, mode=0o600), 'OK')
    same(second.apply((ACQUIRE, 1)), 'OK', 'who had it open')
    same(change(stranger, 16, bypass=1), 'OK', 'CHANGE by the new owner')


@check('RESET: holds are void, the total is initial, waiters stay, others are told once')
def _(daemon):
    client, holder, waiter = (daemon.client() for _ in range(3))
    for each in (client, holder, waiter):
        each.open('a', initial=2)
    holder.apply((ACQUIRE, 2), (POST, 3), (CONSUME, 1))
    waits = waiter.wait((ACQUIRE, 5))
    holder.open('a', handle=1)
    client.ask('RESET', handle=0)
    client.are(total=2, held=0, available=2, waiting=1)
    same(holder.status('QUERY', handle=0), 'ERESET')
    holder.are(total=2)
    requests = {
        'APPLY': {'timeout': 0, 'terms': [(1, POST, 1)]},
        'SET': {'handle': 1, 'total': 9},
        'CHANGE': {'handle': 1, 'mask': semd.BYPASS, 'max': 0, 'mode': 0, 'uid': 0, 'gid': 0,
                   'bypass': 9},
        'RESET': {'handle': 1},
    }
    for request, values in requests.items():
        same(holder.status(request, **values), 'ERESET', request)
        client.are(total=2, posted=3, bypass=0)
        client.ask('RESET', handle=0)
    same(holder.status('RESET', handle=1), 'ERESET')
    same(holder.status('RESET', handle=1), 'OK', 'the second RESET')
    same(client.status('QUERY', handle=0), 'ERESET')
    same(waits in waiter.replies, False)


@check('RESET: one refusal tells all handles that an APPLY names; CLOSE is not told')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    for name, handle in (('a', 0), ('b', 1)):
        client.open(name, handle=handle)
        other.open(name, handle=handle)
        client.ask('RESET', handle=handle)
    same(other.apply((ACQUIRE, 1), (ACQUIRE, 1, 1)), 'ERESET')
    same(other.apply((ACQUIRE, 1), (ACQUIRE, 1, 1)), 'OK')
    client.ask('RESET', handle=0)
    same(other.status('CLOSE', handle=0), 'OK')


@check('REMOVE: waiters and handles get EREMOVED, the name is free')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a')
    other.open('a')
    client.apply((ACQUIRE, 1))
    waits = other.wait((ACQUIRE, 1))
    client.ask('REMOVE', name='a')
    same(other.result(waits), 'EREMOVED')
    for request, values in (('QUERY', {}), ('SET', {'total': 1}), ('RESET', {}),
                            ('CHANGE', dict.fromkeys(('mask', 'max', 'mode', 'uid', 'gid', 'bypass'), 0))):
        same(other.status(request, handle=0, **values), 'EREMOVED', request)
    same(client.apply((RELEASE, 1)), 'EREMOVED')
    same(client.status('REMOVE', name='a'), 'ENOENT')
    client.open('a', handle=1)
    client.are(1, held=0)
    same(client.status('CLOSE', handle=0), 'OK')


@check('UNLINK: the name is free, the semaphore goes on until its last handle and hold')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    first = client.open('a')
    client.apply((ACQUIRE, 1))
    client.ask('UNLINK', name='a')
    client.are(flags=UNLINKED, held=1)
    same(client.status('UNLINK', name='a'), 'ENOENT')
    same(other.open('a')['id'] != first['id'], True, 'that the name is of another now')
    same(client.apply((RELEASE, 1)), 'OK')


@check('REMOVE, UNLINK, SHOW: a name that cannot be is EINVAL, one that is not there ENOENT')
def _(daemon):
    client = daemon.client()
    for name in BAD_NAMES:
        same(client.status('REMOVE', name=name), 'EINVAL', f'REMOVE of {name!r}')
        same(client.status('UNLINK', name=name), 'EINVAL', f'UNLINK of {name!r}')
        same(client.status('SHOW', cursor=0, name=name), 'EINVAL', f'SHOW of {name!r}')
    same(client.status('SHOW', cursor=0, name='a'), 'ENOENT')


@check('SET, CHANGE, RESET, REMOVE, UNLINK: only who administers', skip=needs_root,
       produces=['SET EACCES', 'CHANGE EACCES', 'RESET EACCES', 'REMOVE EACCES', 'UNLINK EACCES',
                 'APPLY EACCES', 'QUERY EACCES', 'SHOW EACCES', 'KICK EACCES'])
def _(daemon):
    with user(OTHER):
        owner = daemon.client()
    with user(OTHER + 1):
        other = daemon.client()
    owner.open('a', mode=0o606)
    owner.open('b', handle=1, mode=0o602)
    other.open('a')
    other.open('b', handle=1)
    same(other.status('SET', handle=0, total=1), 'EACCES')
    same(change(other, 0), 'EACCES')
    same(other.status('RESET', handle=0), 'EACCES')
    same(other.status('REMOVE', name='a'), 'EACCES')
    same(other.status('UNLINK', name='a'), 'EACCES')
    same(other.status('SHOW', cursor=0, name='b'), 'EACCES')
    same(other.status('QUERY', handle=1), 'EACCES')
    same(other.status('KICK', client=owner.client), 'EACCES')
    same(owner.status('RESET', handle=0), 'OK')
    root = daemon.client()
    root.open('a')
    same(root.status('RESET', handle=0), 'OK')
    same(root.status('KICK', client=owner.client), 'OK')


# --- KICK ---------------------------------------------------------------------------------------

@check('KICK: waits are ECANCELED, holds go back, then everything is ELOST but what only looks')
def _(daemon):
    client, kicked = daemon.client(), daemon.client()
    client.open('a')
    kicked.open('a')
    kicked.apply((ACQUIRE, 1))
    canceled = kicked.wait((ACQUIRE, 1))
    waits = client.wait((ACQUIRE, 1))
    client.ask('KICK', client=kicked.client)
    same(client.result(waits), 'OK')
    same(kicked.result(canceled), 'ECANCELED')
    check_lost(kicked)
    same(client.status('KICK', client=kicked.client), 'ENOENT')
    same(client.status('KICK', client=0), 'ENOENT')


def check_lost(client):
    """Each request is answered ELOST, but those that the document names."""
    lost = {
        'LABEL': {'command': ''}, 'DETACH': {},
        'OPEN': opening(1), 'CLOSE': {'handle': 0}, 'APPLY': {'timeout': 0, 'terms': [(0, POST, 1)]},
        'QUERY': {'handle': 0}, 'SET': {'handle': 0, 'total': 1},
        'CHANGE': dict.fromkeys(('handle', 'mask', 'max', 'mode', 'uid', 'gid', 'bypass'), 0),
        'RESET': {'handle': 0}, 'REMOVE': {'name': 'a'}, 'UNLINK': {'name': 'a'},
        'KICK': {'client': 1},
    }
    for request, values in lost.items():
        same(client.status(request, **values), 'ELOST', request)
    for request, values in {
            'PING': {}, 'LIST': {'cursor': 0}, 'SHOW': {'cursor': 0, 'name': 'a'},
            'CLIENTS': {'cursor': 0, 'within': 0},
            'DEADLOCKS': {'deadlock': 0, 'client': 0, 'within': 0}}.items():
        same(client.status(request, **values), 'OK', request)
    same(client.status('CANCEL', request=1), 'ENOENT', 'CANCEL')


def opening(handle):
    return {'handle': handle, 'flags': CREATE, 'initial': 1, 'max': 0, 'mode': 0, 'bypass': 0, 'name': 'c'}


@check('KICK: oneself, and a bound client')
def _(daemon):
    client = daemon.client()
    same(client.status('KICK', client=client.client), 'OK')
    same(client.status('LABEL', command=''), 'ELOST')
    with Child() as process:
        bound, other = daemon.bound(process.pid), daemon.client()
        bound.open('a')
        other.open('a')
        bound.apply((ACQUIRE, 1))
        waits = other.wait((ACQUIRE, 1))
        same(other.status('KICK', client=bound.client), 'OK')
        same(other.result(waits), 'OK')
        same(bound.apply((RELEASE, 1)), 'ELOST')
        same(bound.status('BIND', command='', **semd.name_process(process.pid)), 'EINVAL')


@check('ELOST: to whom speaks for a process that has ended')
def _(daemon):
    with Child() as process:
        client = daemon.bound(process.pid)
        client.open('a')
        client.apply((ACQUIRE, 1))
        waits = client.wait((ACQUIRE, 1))
        process.end()
    same(client.apply((RELEASE, 1)), 'ELOST')
    same(client.result(waits), 'ELOST')
    check_lost(client)
