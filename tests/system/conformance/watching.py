"""watching.py - WATCH and STATS."""
from harness import check, fields_are, needs_root, opening, rows_of, same
from processes import OTHER, Child, user
from semd import ACQUIRE, CREATE, LAST_CLOSE, POST, RELEASE


def watch(client, cursor, timeout=0):
    """Asks until nothing more comes at once; returns the rows and the next cursor."""
    rows = []
    while True:
        reply = client.ask('WATCH', cursor=cursor, timeout=timeout)
        fields_are(reply, missed=0)
        rows += reply.rows
        cursor = reply['next']
        if not reply['more']:
            return rows, cursor
        timeout = 0


@check('WATCH: begins with all semaphores, then each changed one once, the oldest change first')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    other.open('a', initial=3)
    other.open('b', handle=1)
    other.open('c', handle=2)
    rows, cursor = watch(client, 0)
    same(sorted((row.name, row['name']) for row in rows),
         [('SEM', 'a'), ('SEM', 'b'), ('SEM', 'c')])
    same(watch(client, cursor)[0], [], 'what has changed while nothing has')
    other.apply((ACQUIRE, 1, 1))
    other.apply((ACQUIRE, 1))
    other.apply((POST, 1, 1))
    rows, cursor = watch(client, cursor)
    same([(row['name'], row['held'], row['posted']) for row in rows], [('b', 1, 1), ('a', 1, 0)])
    other.ask('REMOVE', name='a')
    other.ask('UNLINK', name='b')
    gone, cursor = watch(client, cursor)
    same([(row.name, row['name']) for row in gone], [('GONE', 'a'), ('GONE', 'b')])
    same({row['id'] for row in gone}, {row['id'] for row in rows}, 'the ids')


@check('WATCH: waits for a change, to the end of its time, or to be canceled as request 0')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    other.open('a')
    cursor = watch(client, 0)[1]
    waits = client.send('WATCH', cursor=cursor, timeout=-1)
    same(client.status('WATCH', cursor=cursor, timeout=-1), 'EINVAL', 'a second one')
    other.apply((ACQUIRE, 1))
    reply = client.answer(waits)
    fields_are(reply, missed=0)
    same([row['held'] for row in reply.rows], [1])
    cursor = reply['next']
    for timeout in (0, 1, 1000000):
        reply = client.ask('WATCH', cursor=cursor, timeout=timeout)
        same(reply.rows, [])
        cursor = reply['next']
    waits = client.send('WATCH', cursor=cursor, timeout=-1)
    cancel = client.send('CANCEL', request=0)
    same([client.receive().tag for _ in range(2)], [waits, cancel], 'the order of the replies')
    same(client.status('CANCEL', request=0), 'ENOENT')
    other.apply((RELEASE, 1))
    same([row['held'] for row in watch(client, cursor)[0]], [0], 'the cursor is still good')


@check('WATCH: an outdated cursor is reported as missed, and the client starts again')
def _(daemon):
    client = daemon.client()
    client.open('a')
    cursor = watch(client, 0)[1]
    for wrong in (cursor + 1, 2**64 - 1):
        reply = client.ask('WATCH', cursor=wrong, timeout=-1)
        fields_are(reply, missed=1, next=0)
        same(reply.rows, [])
    same([row['name'] for row in watch(client, 0)[0]], ['a'])


@check('WATCH: too many names that are gone are reported as missed')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    cursor = watch(client, 0)[1]
    for _ in range(20000):
        other.send('OPEN', **opening('a', flags=CREATE | LAST_CLOSE))
        other.answer(other.send('CLOSE', handle=0))
    other.replies.clear()
    reply = client.ask('WATCH', cursor=cursor, timeout=-1)
    fields_are(reply, missed=1, next=0)
    same(reply.rows, [])


@check('WATCH: pages')
def _(daemon):
    client = daemon.client()
    for handle in range(600):
        client.open(f'{"x" * 240}{handle}', handle=handle)
    first = client.ask('WATCH', cursor=0, timeout=-1)
    fields_are(first, more=1)
    rows, _ = watch(client, first['next'])
    same(sorted(int(row['name'].strip('x')) for row in first.rows + rows), list(range(600)))


@check('WATCH: DETACH, KICK and the end of a bound process end it')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    waits = client.send('WATCH', cursor=0, timeout=-1)
    detach = client.send('DETACH')
    same([client.receive().tag for _ in range(2)], [waits, detach])
    kicked = daemon.client()
    kicked.send('WATCH', cursor=0, timeout=-1)
    kicked.ask('PING')
    other.ask('KICK', client=kicked.client)
    same(kicked.ended(), 'ELOST')
    with Child() as process:
        bound = daemon.bound(process.pid)
        bound.send('WATCH', cursor=0, timeout=-1)
        bound.ask('PING')
        process.end()
    same(bound.ended(), 'ELOST')


@check('WATCH: only semaphores that the user may read', skip=needs_root)
def _(daemon):
    owner = daemon.client()
    owner.open('seen', mode=0o604)
    owner.open('unseen', handle=1)
    with user(OTHER):
        other = daemon.client()
    same([row['name'] for row in watch(other, 0)[0]], ['seen'])


@check('STATS: every number', '--max-clients', '9', '--max-semaphores', '8', '--max-waiters', '7',
       '--max-handles', '6', '--max-unsent', '200000')
def _(daemon):
    client, other, third = (daemon.client() for _ in range(3))
    with Child() as process:
        bound = daemon.bound(process.pid)
        bound.open('a', initial=3)
        client.open('a')
        client.open('b', handle=1, initial=2)
        client.apply((ACQUIRE, 1), (ACQUIRE, 1, 1))                 # granted at once
        bound.apply((ACQUIRE, 1))                                   # and again
        same(client.apply((ACQUIRE, 3)), 'EAGAIN')                  # refused
        same(client.apply((ACQUIRE, 3), timeout=1), 'ETIMEDOUT')
        waits = client.wait((ACQUIRE, 3))
        client.ask('CANCEL', request=client.number)
        same(client.result(waits), 'ECANCELED')
        waits = client.wait((ACQUIRE, 2))
        bound.apply((RELEASE, 1))                                   # granted later
        same(client.result(waits), 'OK')
        other.open('b')
        other.apply((ACQUIRE, 1))
        other.leave()                                               # ended, 1 taken back
        third.open('b')
        third.apply((ACQUIRE, 1))
        client.ask('KICK', client=third.client)
        client.wait((ACQUIRE, 1), (ACQUIRE, 2, 1))
        watching = bound.send('WATCH', cursor=watch(bound, 0)[1], timeout=-1)
        bound.ask('PING')
        told = client.ask('STATS')
        fields_are(told, bound=1, connections=2, semaphores=2, holds=2, waiters=1, watchers=1,
                   granted_at_once=5, granted_later=1, timed_out=1, canceled=1, refused=1,
                   kicks=1, max_clients=9, max_semaphores=8, max_waiters=7, max_handles=6,
                   max_unsent=200000, my_semaphores=2, my_waiters=3)
        fields_are(told, my_clients=3, my_handles=3, my_unsent=0, ended=2, taken_back=2)
        same(0 <= told['uptime_ms'] < 3600000, True, 'that uptime is one')
        before = told['requests']
        told = client.ask('STATS')
        same(told['requests'], before + 1, 'requests')
        pages = client.pages('CLIENTS', {'cursor': 'cursor', 'within': 'within'})
        shown = [row.name for row in rows_of(pages)].count('CLIENT')
        # The connection bound to the bound client counts as well.
        same(told['clients'], shown + 1, 'clients of STATS')
        same(watching in bound.replies, False)


@check('WATCH: a client that goes on while its WATCH waits is shared')
def _(daemon):
    client, other = daemon.client(), daemon.client()

    def flags():
        replies = other.pages('CLIENTS', {'cursor': 'cursor', 'within': 'within'})
        return [row['flags'] for row in rows_of(replies)
                if row.name == 'CLIENT' and row['client'] == client.client]
    cursor = watch(client, 0)[1]
    client.send('WATCH', cursor=cursor, timeout=-1)
    client.ask('CANCEL', request=0)
    same(flags(), [0], 'its flags when all it did was to cancel')
    client.send('WATCH', cursor=cursor, timeout=-1)
    client.ask('PING')
    same(flags(), [2], 'its flags')
