"""leaving.py - how a client ends its connection: by LEAVE, by a half-close, or by closing; and
what becomes of its requests, waits and holds."""
import semd
from harness import check, opening, same
from processes import Child
from semd import ACQUIRE, POST


@check('half-close: what was sent is carried out, waits end without replies, all goes back, then '
       'comes the end')
def _(daemon):
    client, waiter = daemon.client(), daemon.client()
    client.open('a')
    client.apply((ACQUIRE, 1))
    waiter.open('a', flags=0)
    client.start((ACQUIRE, 1))
    client.send('OPEN', **opening('b', handle=1))
    client.socket.shutdown(semd.socket.SHUT_WR)
    same(client.receive().name, 'OPEN')
    try:
        raise AssertionError(f'{client.receive()} came')
    except semd.Ended as ended:
        same(ended.error, None, 'END')
    same(waiter.apply((ACQUIRE, 1)), 'OK', 'what is tried once the end was read')
    same(waiter.opens('b', handle=1, flags=0), 'OK')


@check('LEAVE: what was sent is carried out, waits end without replies, all goes back, then come '
       'the reply and the end')
def _(daemon):
    client, waiter, third = daemon.client(), daemon.client(), daemon.client()
    client.open('a', initial=2)
    client.apply((ACQUIRE, 2))
    for each in (waiter, third):
        each.open('a', flags=0)
    waits = waiter.wait((ACQUIRE, 1))
    client.start((ACQUIRE, 1))
    cursor = client.ask('WATCH', cursor=0, timeout=0)['next']
    client.send('WATCH', cursor=cursor, timeout=-1)
    client.send('REMOVE', name='none')
    client.send('LEAVE')
    same([client.receive().name for _ in range(2)], ['REMOVE', 'LEAVE'], 'what was answered')
    same(third.apply((ACQUIRE, 1)), 'OK', 'what is tried once the reply was read')
    same(waiter.result(waits), 'OK', 'what had waited')
    same(client.ended(), None, 'END')


@check('LEAVE: nothing after it is read')
def _(daemon):
    other = daemon.client()
    for more in ([('OPEN', opening('after'))], [('LEAVE', {})], []):
        client = daemon.client()
        requests = [('OPEN', opening('before')), ('LEAVE', {}), *more]
        client.socket.sendall(b''.join(client.request(name, **values).encode()
                                       for name, values in requests) + bytes(64))
        same([client.receive().name for _ in range(2)], ['OPEN', 'LEAVE'], 'what was answered')
        same(client.ended(), None, 'END')
    same(other.opens('before', flags=0), 'OK')
    same(other.opens('after', handle=1, flags=0), 'ENOENT')


@check('LEAVE: of a bound client what is held stays with the process')
def _(daemon):
    waiter = daemon.client()
    waiter.open('a')
    with Child() as process:
        bound = daemon.bound(process.pid)
        bound.open('a')
        bound.apply((ACQUIRE, 1))
        bound.start((ACQUIRE, 1))
        same(bound.status('LEAVE'), 'OK')
        same(bound.ended(), None, 'END')
        waiter.are(held=1, waiting=0)
        waits = waiter.wait((ACQUIRE, 1))
        process.end()
    same(waiter.result(waits), 'OK')
    detached = daemon.client()
    detached.open('b')
    detached.apply((ACQUIRE, 1))
    detached.ask('DETACH')
    same(detached.status('LEAVE'), 'OK')
    waiter.open('b', handle=1, flags=0)
    waiter.are(1, held=1)


@check('a client that just closes is treated the same')
def _(daemon):
    client, waiter = daemon.client(), daemon.client()
    for each in (client, waiter):
        each.open('a')
    client.apply((ACQUIRE, 1))
    waits = waiter.wait((ACQUIRE, 1))
    client.send('APPLY', timeout=0, terms=[(0, POST, 1)])
    client.socket.close()
    same(waiter.result(waits), 'OK')
    same(waiter.apply((ACQUIRE, 1), timeout=-1), 'OK', 'for what was posted')


@check('a partial frame at the end is ignored')
def _(daemon):
    for data in (b'\x20', semd.HEAD.pack(36, 7, 0, 1, 1, 1)):
        client = daemon.client()
        client.socket.sendall(data)
        client.socket.shutdown(semd.socket.SHUT_WR)
        same(client.ended(), None, 'END')
