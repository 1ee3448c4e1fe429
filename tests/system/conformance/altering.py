"""altering.py - QUERY, and the changes of a whole semaphore: SET, CHANGE, RESET, REMOVE, UNLINK."""
import os

import semd
from harness import NO_CHANGE, check, needs_root, same
from opening import BAD_NAMES, LARGEST
from processes import OTHER, user
from semd import ACQUIRE, CONSUME, CREATE, LAST_CLOSE, POST, RELEASE, SETTLE, UNLINKED


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


@check('CHANGE: open handles keep their rights; only root may give the owner away',
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


@check('RESET: holds are void, the total is initial, waiters stay, other handles are told once')
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
                            ('CHANGE', NO_CHANGE)):
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


@check('REMOVE, UNLINK, SHOW: an invalid name is EINVAL, an unknown one ENOENT')
def _(daemon):
    client = daemon.client()
    for name in BAD_NAMES:
        same(client.status('REMOVE', name=name), 'EINVAL', f'REMOVE of {name!r}')
        same(client.status('UNLINK', name=name), 'EINVAL', f'UNLINK of {name!r}')
        same(client.status('SHOW', cursor=0, name=name), 'EINVAL', f'SHOW of {name!r}')
    same(client.status('SHOW', cursor=0, name='a'), 'ENOENT')


@check('SET, CHANGE, RESET, REMOVE, UNLINK: only for administrators', skip=needs_root,
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
