"""opening.py - OPEN and CLOSE."""
import os

from harness import check, needs_root, same
from processes import OTHER, user
from semd import ACQUIRE, CONSUME, CREATE, EXCLUSIVE, LAST_CLOSE, RELEASE, RELEASE_POSTS, RESET

LARGEST = 2**31 - 1
# Invalid names: empty, no UTF-8 (a lone byte, a surrogate), with a control character.
BAD_NAMES = ['', 'a\udcff', '\udced\udca0\udc80', 'a\nb', 'a\x7f', 'a\0b', 'a\x1f', '\x80', '\x9f']
GOOD_NAMES = [' ', '~', '\xa0', '\U0010ffff', 'a/b', 'x' * 255]


@check('OPEN: creates with what it was told, and what 0 stands for')
def _(daemon):
    client = daemon.client()
    reply = client.open('a', initial=3, max=5, mode=0o640, bypass=7)
    client.are(id=reply['id'], available=3, held=0, total=3, waiting=0, posted=0, used_up=0,
               initial=3, max=5, mode=0o640, uid=os.geteuid(), gid=os.getegid(), flags=0, bypass=7,
               name='a')
    client.open('b', handle=1, initial=0)
    client.are(1, max=LARGEST, mode=0o600, total=0, bypass=0)
    again = client.open('a', handle=2, initial=1, max=1, mode=0o600, bypass=1,
                        flags=CREATE | LAST_CLOSE)
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


@check('OPEN: invalid values are EINVAL, also for an existing semaphore')
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
    same(client.opens('a'), 'EACCES')
    daemon.client().open('a', mode=0o666)
    same(client.opens('a'), 'OK', 'OPEN of what another has created')


@check('CLOSE: holds stay; waits on the handle are ECANCELED before the reply')
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
