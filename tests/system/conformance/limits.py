"""limits.py - the limits of numbers and of each user: at the limit, and one above it."""
import semd
from harness import check, same
from malformed import frame
from opening import LARGEST
from semd import ACQUIRE, POST, RELEASE, SETTLE


@check('n, initial, max, total: 2^31 - 1 is the most', limit=['n, initial, max, total'])
def _(daemon):
    client = daemon.client()
    for handle, (initial, max, status) in enumerate((
            (LARGEST, LARGEST, 'OK'), (LARGEST, 0, 'OK'), (0, LARGEST + 1, 'EINVAL'),
            (LARGEST + 1, 0, 'EINVAL'), (LARGEST + 1, LARGEST + 1, 'EINVAL'))):
        same(client.opens(f'{handle}', handle=handle, initial=initial, max=max), status)
    same(client.apply((ACQUIRE, LARGEST)), 'OK')
    same(client.apply((ACQUIRE, LARGEST + 1)), 'EIMPOSSIBLE')
    same(client.apply((semd.CONSUME, 2**32 - 1)), 'EIMPOSSIBLE')
    same(client.apply((RELEASE, LARGEST)), 'OK')
    same(client.apply((RELEASE, LARGEST + 1)), 'ENOTHELD')
    same(client.apply((SETTLE, 2**32 - 1)), 'ENOTHELD')
    same(client.apply((POST, LARGEST + 1)), 'EOVERFLOW')
    same(client.status('SET', handle=0, total=0), 'OK')
    same(client.apply((POST, LARGEST)), 'OK')
    same(client.apply((POST, 1)), 'EOVERFLOW')
    same(client.status('SET', handle=0, total=LARGEST), 'OK')
    same(client.status('SET', handle=0, total=LARGEST + 1), 'EINVAL')


@check('clients of a user', '--max-clients', '3', limit=['clients of a user'])
def _(daemon):
    clients = [daemon.client() for _ in range(3)]
    more = daemon.connect()
    same(more.ended(), 'EQUOTA', 'END before a word was said')
    same(more.end.tag, 0, 'its tag')
    more = daemon.connect()
    more.send('HELLO', min_version=1, max_version=1, features=0, session=bytes(16), command='')
    same(more.ended(), 'EQUOTA', 'END in place of a reply')
    clients[0].leave()
    daemon.client()


@check('DETACH needs no more clients than before', '--max-clients', '1')
def _(daemon):
    client = daemon.client()
    client.open('a')
    client.apply((ACQUIRE, 1))
    client.ask('DETACH')


@check('semaphores of a user', '--max-semaphores', '3', limit=['semaphores of a user'])
def _(daemon):
    client = daemon.client()
    for handle in range(3):
        client.open(f'{handle}', handle=handle)
    same(client.opens('3', handle=3), 'EQUOTA')
    client.ask('UNLINK', name='0')
    same(client.opens('3', handle=3), 'EQUOTA', 'OPEN while one is unlinked and open')
    client.ask('CLOSE', handle=0)
    same(client.opens('3', handle=3), 'OK')


@check('handles of a user; a hold without a handle counts as one', '--max-handles', '3',
       limit=['handles of a user; a hold without a handle counts as one'])
def _(daemon):
    first, second = daemon.client(), daemon.client()
    for handle in range(2):
        first.open('a', handle=handle)
    second.open('b')
    same(second.opens('c', handle=1), 'EQUOTA')
    same(second.apply((POST, 1, 1)), 'EQUOTA', 'what names the handle that failed')
    first.apply((ACQUIRE, 1))
    first.ask('CLOSE', handle=0)
    same(second.opens('c', handle=1), 'OK', 'OPEN when one was closed')
    first.ask('CLOSE', handle=1)
    same(second.opens('c', handle=2), 'EQUOTA', 'OPEN while it is held without a handle')
    first.leave()
    same(second.opens('c', handle=2), 'OK')


@check('waiting requests of a user, each once for every semaphore', '--max-waiters', '3',
       limit=['waiting requests of a user, each counted once for every semaphore it waits for, and '
              'unseen answers to requests that could wait'])
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=0)
    client.open('b', handle=1, initial=0)
    client.wait((ACQUIRE, 1), (ACQUIRE, 1, 1), (ACQUIRE, 1))
    number = client.number
    same(client.apply((ACQUIRE, 1), (ACQUIRE, 1, 1), timeout=-1), 'EQUOTA')
    same(client.apply((ACQUIRE, 1), (ACQUIRE, 1, 1)), 'EAGAIN', 'what does not wait')
    client.wait((ACQUIRE, 1))
    same(client.apply((ACQUIRE, 1), timeout=-1), 'EQUOTA')
    same(client.apply((semd.WAIT_ZERO, 0), timeout=-1), 'EQUOTA',
         'one that could wait but need not')
    same(client.apply((semd.WAIT_ZERO, 0)), 'OK', 'the same when it does not wait')
    cursor = other.ask('WATCH', cursor=0, timeout=0)['next']
    same(other.status('WATCH', cursor=cursor, timeout=-1), 'EQUOTA')
    client.ask('CANCEL', request=number)
    cursor = other.ask('WATCH', cursor=cursor, timeout=0)['next']
    watching = other.send('WATCH', cursor=cursor, timeout=-1)
    other.ask('CANCEL', request=0)
    same(other.result(watching), 'ECANCELED', 'WATCH when there is room')


@check('answers to requests that could wait count as waiters until seen', '--max-waiters', '3')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=9)
    other.open('a')
    seen = client.seen
    for count in range(3):
        client.seen = seen      # as if none of the replies had been read
        same(client.apply((ACQUIRE, 1), timeout=-1), 'OK')
    client.seen = seen
    same(client.apply((ACQUIRE, 1), timeout=-1), 'EQUOTA')
    same(other.apply((ACQUIRE, 1), timeout=-1), 'EQUOTA', 'the same of another client of the user')
    client.seen = seen
    same(client.apply((ACQUIRE, 1)), 'OK', 'what cannot wait')
    client.ask('PING')
    same(other.apply((ACQUIRE, 1), timeout=-1), 'OK', 'what can, when they are seen')
    client.seen = seen
    for count in range(2):
        client.apply((ACQUIRE, 1), timeout=-1)
        client.seen = seen
    client.leave()
    other.ask('PING')
    same([other.apply((ACQUIRE, 1), timeout=-1) for _ in range(3)], ['OK'] * 3,
         'what can, when the client has left')


@check('replies that are not read', '--max-unsent', '131072')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    asked = [client.request('STATS') for _ in range(1000)]      # 248000 bytes of replies
    client.socket.sendall(b''.join(request.encode() for request in asked))
    for _ in range(100):
        same(other.status('PING'), 'OK', 'another client')
    same([client.result(request.tag) for request in asked], ['OK'] * 1000, 'requests that wait meanwhile')


UNSENT = 'bytes that wait to be sent to a client'


@check(UNSENT, '--max-unsent', '131072', limit=[UNSENT])
def _(daemon):
    client, other = daemon.client(), daemon.client()
    client.open('a', initial=0)
    other.open('a')
    for _ in range(131072 // 32 + 1):
        client.start((ACQUIRE, 1))
    client.ask('PING')
    same(other.apply((POST, 131072 // 32 + 1)), 'OK')
    same(client.ended(), 'EQUOTA', 'more answers at once')
    same(other.status('PING'), 'OK', 'another client')
