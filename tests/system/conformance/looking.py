"""looking.py - what is told by rows: LIST, SHOW, CLIENTS, DEADLOCKS, WATCH; and STATS."""
import os

import semd
from harness import OTHER, Child, check, fields_are, needs_root, rows_of, same, user
from semd import ACQUIRE, CONSUME, CREATE, LAST_CLOSE, POST, RELEASE, UNLINKED, WAIT_ZERO

CURSOR = {'cursor': 'next'}
PLACE = {'cursor': 'cursor', 'within': 'within'}
IN_DEADLOCK = {'deadlock': 'deadlock', 'client': 'client', 'within': 'within'}


def names(rows):
    return [row.name for row in rows]


# --- LIST, SHOW ---------------------------------------------------------------------------------

@check('LIST: a SEM for each semaphore, over several pages')
def _(daemon):
    client = daemon.client()
    client.open('first', initial=3, max=4, mode=0o640, bypass=2)
    client.apply((ACQUIRE, 1), (POST, 1), (CONSUME, 1))
    waits = client.wait((ACQUIRE, 4))
    wanted = {'first'} | {f'{"x" * 250}{i:05}' for i in range(300)}
    for handle, name in enumerate(sorted(wanted - {'first'}), 1):
        client.open(name, handle=handle)
    pages = client.pages('LIST', CURSOR)
    same(len(pages) > 1, True, 'that there is more than a page')
    rows = rows_of(pages)
    same(set(names(rows)), {'SEM'}, 'the kinds of rows')
    same(sorted(row['name'] for row in rows), sorted(wanted), 'the names')
    row, = (row for row in rows if row['name'] == 'first')
    told = client.query()
    for field in told.values:
        same(row[field], told[field], f'{field} in SEM')
    same(waits in client.replies, False)


@check('LIST: only what one may read', skip=needs_root)
def _(daemon):
    owner = daemon.client()
    owner.open('seen', mode=0o604)
    owner.open('unseen', handle=1, mode=0o602)
    with user(OTHER):
        other = daemon.client()
    same([row['name'] for row in rows_of(other.pages('LIST', CURSOR))], ['seen'])


@check('SHOW: SEM, a HOLDER each, a WAITER each with what it lacks and who holds that')
def _(daemon):
    holder, first, second, zero = (daemon.client(command) for command in ('h', 'f', 's', 'z'))
    for client in (holder, first, second, zero):
        client.open('a', initial=3)
        client.open('b', handle=1, initial=1)
    holder.apply((ACQUIRE, 2), (ACQUIRE, 1, 1))
    first.wait((ACQUIRE, 3), (ACQUIRE, 1, 1))
    second.wait((ACQUIRE, 1))
    zero.wait((WAIT_ZERO, 0))
    rows = rows_of(holder.pages('SHOW', CURSOR, name='a'))
    same(names(rows), ['SEM', 'HOLDER', 'WAITER', 'LACK', 'BLOCKER', 'LACK', 'BLOCKER', 'WAITER',
                             'WAITER'])
    told = {'pid': os.getpid(), 'uid': os.geteuid()}
    sem, of_holder, of_first, lack, blocker, other, other_blocker, of_second, of_zero = rows
    fields_are(sem, available=1, held=2, waiting=3, name='a')
    fields_are(of_holder, client=holder.client, permits=2, command='h', **told)
    fields_are(of_first, client=first.client, permits=3, command='f', **told)
    fields_are(lack, permits=2, name='a')
    fields_are(blocker, client=holder.client)
    fields_are(other, permits=1, name='b')
    fields_are(other_blocker, client=holder.client)
    fields_are(of_second, client=second.client, permits=1, command='s', **told)
    fields_are(of_zero, client=zero.client, permits=0, command='z', **told)
    for row in (of_holder, of_first):
        same(0 <= row['age_ms'] < 3600000, True, 'that the age is one')


@check('SHOW: several pages, and at most 16 who block')
def _(daemon):
    clients = [daemon.client('x' * 255) for _ in range(40)]
    for client in clients:
        client.open('a', initial=40)
        client.apply((ACQUIRE, 1))
    waiters = [(client, client.wait((ACQUIRE, 1))) for client in clients for _ in range(4)]
    pages = clients[0].pages('SHOW', CURSOR, name='a')
    same(len(pages) > 1, True, 'that there is more than a page')
    rows = rows_of(pages)
    same(names(rows).count('SEM'), 1, 'the number of SEMs')
    same(sorted(row['client'] for row in rows if row.name == 'HOLDER'),
         [client.client for client in clients], 'who holds')
    same([row['client'] for row in rows if row.name == 'WAITER'],
         [client.client for client, _ in waiters], 'who waits')
    same(names(rows).count('LACK'), len(waiters), 'the number of LACKs')
    same(names(rows).count('BLOCKER'), 16 * len(waiters), 'the number of BLOCKERs')


@check("SHOW: another user's command, and names that one may not read, are not told", skip=needs_root)
def _(daemon):
    owner, waiter = daemon.client('secret'), daemon.client('secret')
    for client in (owner, waiter):
        client.open('seen', mode=0o604)
        client.open('unseen', handle=1, mode=0o600)
    owner.apply((ACQUIRE, 1), (ACQUIRE, 1, 1))
    waiter.wait((ACQUIRE, 1), (ACQUIRE, 1, 1))
    with user(OTHER):
        other = daemon.client()
    rows = rows_of(other.pages('SHOW', CURSOR, name='seen'))
    same([row['command'] for row in rows if row.name in ('HOLDER', 'WAITER')], ['', ''])
    same([row['name'] for row in rows if row.name == 'LACK'], ['seen'])
    with user(OTHER):
        same([row['command'] for row in rows_of(daemon.client('mine').pages('CLIENTS', PLACE))
              if row.name == 'CLIENT'].count('mine'), 1)


# --- CLIENTS ------------------------------------------------------------------------------------

@check('CLIENTS: a CLIENT each, its HOLDs, its WAITs; bound and shared ones')
def _(daemon):
    client, idle = daemon.client('one'), daemon.client('two')
    client.open('a', initial=3, flags=CREATE | LAST_CLOSE)
    client.open('b', handle=1, initial=0)
    client.apply((ACQUIRE, 2))
    client.wait((ACQUIRE, 4), (CONSUME, 5, 1))
    client.wait((WAIT_ZERO, 0))
    idle.flags = semd.SHARED
    idle.ask('PING')
    with Child() as process:
        bound = daemon.bound(process.pid, 'three')
        rows = rows_of(client.pages('CLIENTS', PLACE))
        found = {}
        for row in rows:
            if row.name == 'CLIENT':
                last = found[row['client']] = []
            last.append(row)
        same(names(found[client.client]), ['CLIENT', 'HOLD', 'WAIT', 'WAIT', 'WAIT'])
        of_client, hold, *waits = found[client.client]
        # It sent PING while its request waited: it is shared.
        fields_are(of_client, pid=os.getpid(), uid=os.geteuid(), flags=2, command='one')
        same(0 <= of_client['age_ms'] < 3600000, True, 'that the age is one')
        fields_are(hold, permits=2, flags=LAST_CLOSE, name='a')
        same([(row['permits'], row['flags'], row['name']) for row in waits],
             [(4, LAST_CLOSE, 'a'), (5, 0, 'b'), (0, LAST_CLOSE, 'a')], 'the WAITs')
        fields_are(found[idle.client][0], flags=2, command='two')
        fields_are(found[bound.client][0], pid=process.pid, flags=1, command='three')
        client.ask('UNLINK', name='a')
        rows = rows_of(client.pages('CLIENTS', PLACE))
        same([row['flags'] for row in rows if row.name == 'HOLD'], [LAST_CLOSE | UNLINKED],
             'the flags of what was unlinked')


@check('CLIENTS: several pages, also inside one client')
def _(daemon):
    many = daemon.client('x' * 255)
    for handle in range(500):
        many.send('OPEN', handle=0, flags=CREATE, initial=1, max=0, mode=0, bypass=0,
                  name=f'{"y" * 240}{handle}')
        many.send('APPLY', timeout=0, terms=[(0, ACQUIRE, 1)])
        same(many.result(many.send('CLOSE', handle=0)), 'OK')
    others = [daemon.client('x' * 255) for _ in range(300)]
    pages = many.pages('CLIENTS', PLACE)
    rows = rows_of(pages)
    same(sum(row.name == 'HOLD' for row in pages[0].rows) < 500, True, 'that it is paged inside')
    same(sorted(row['client'] for row in rows if row.name == 'CLIENT'),
         [client.client for client in [many, *others]], 'the clients')
    same(sorted(int(row['name'].strip('y')) for row in rows if row.name == 'HOLD'), list(range(500)),
         'what it holds')


@check('CLIENTS: of another user only who holds or waits on what one may read', skip=needs_root)
def _(daemon):
    idle, holder, waiter, secret = (daemon.client('theirs') for _ in range(4))
    for client in (holder, waiter, secret):
        client.open('seen', mode=0o604)
        client.open('unseen', handle=1, mode=0o600)
    holder.apply((ACQUIRE, 1))
    waiter.wait((ACQUIRE, 1))
    secret.apply((ACQUIRE, 1, 1))
    with user(OTHER):
        other = daemon.client('mine')
    rows = rows_of(other.pages('CLIENTS', PLACE))
    same(sorted((row['client'], row['command']) for row in rows if row.name == 'CLIENT'),
         sorted([(holder.client, ''), (waiter.client, ''), (other.client, 'mine')]))
    same({row['name'] for row in rows if row.name != 'CLIENT'}, {'seen'})
    same(len([row for row in rows_of(idle.pages('CLIENTS', PLACE)) if row.name == 'CLIENT']), 5,
         'the number that root sees')


# --- DEADLOCKS ----------------------------------------------------------------------------------

def cross(daemon, count, prefix=''):
    """So many clients, each with one permit, that wait for the next one's; the last request sent on
    each connection is the one that waits, so that none is shared."""
    clients = [daemon.client(f'{prefix}{i}') for i in range(count)]
    for i, client in enumerate(clients):
        client.open(f'{prefix}{i}')
        client.apply((ACQUIRE, 1))
    for i, client in enumerate(clients):
        client.open(f'{prefix}{(i + 1) % count}', handle=1)
        client.start((ACQUIRE, 1, 1))
    watcher = daemon.client()
    watcher.open(f'{prefix}0', flags=0)
    # That each of them has been taken up is seen by what each semaphore has waiting.
    while sum(row['waiting'] for row in rows_of(watcher.pages('LIST', CURSOR))
              if row['name'].startswith(prefix)) < count:
        pass
    return watcher, clients


def deadlocks(client, wanted):
    """All pages, once they show deadlocks of so many clients: what is told may be a moment old."""
    while True:
        pages = client.pages('DEADLOCKS', IN_DEADLOCK)
        if sorted(row['clients'] for row in rows_of(pages) if row.name == 'DEADLOCK') == wanted:
            return pages


@check('DEADLOCKS: who waits for each other, with all they hold and wait for; certain')
def _(daemon):
    watcher, clients = cross(daemon, 2, 'd')
    rows = rows_of(deadlocks(watcher, [2]))
    same(names(rows), ['DEADLOCK', 'CLIENT', 'HOLD', 'WAIT', 'CLIENT', 'HOLD', 'WAIT'])
    fields_are(rows[0], sure=1, clients=2)
    same({row['client'] for row in rows if row.name == 'CLIENT'},
         {client.client for client in clients}, 'who is in it')
    same([row['permits'] for row in rows if row.name in ('HOLD', 'WAIT')], [1] * 4)
    clients[0].leave()
    same(clients[1].receive().error, 'OK', 'what the other waited for')
    deadlocks(watcher, [])


@check('DEADLOCKS: only possible where a client is shared; one alone; none who waits for a post')
def _(daemon):
    watcher, clients = cross(daemon, 2, 'd')
    clients[0].flags = semd.SHARED
    clients[0].ask('PING')
    alone, poster = daemon.client(), daemon.client()
    alone.open('alone')
    alone.apply((ACQUIRE, 1))
    alone.wait((ACQUIRE, 1))
    poster.open('post', initial=0)
    poster.wait((ACQUIRE, 1))
    rows = rows_of(deadlocks(watcher, [1, 2]))
    # Who sent PING while a request of its waited is shared as well.
    same([row['sure'] for row in rows if row.name == 'DEADLOCK'], [0, 0])
    same({row['client'] for row in rows if row.name == 'CLIENT'},
         {client.client for client in [alone, *clients]}, 'who is in one')


@check('DEADLOCKS: several pages')
def _(daemon):
    watcher, clients = cross(daemon, 400, 'x' * 200)
    pages = deadlocks(watcher, [400])
    same(len(pages) > 1, True, 'that there is more than a page')
    same(sorted(row['client'] for row in rows_of(pages) if row.name == 'CLIENT'),
         sorted(client.client for client in clients))


# --- WATCH, STATS -------------------------------------------------------------------------------

def watch(client, cursor, timeout=0):
    """Asks until there is no more at once: the rows, and the cursor for the next."""
    rows = []
    while True:
        reply = client.ask('WATCH', cursor=cursor, timeout=timeout)
        fields_are(reply, missed=0)
        rows += reply.rows
        cursor = reply['next']
        if not reply['more']:
            return rows, cursor
        timeout = 0


@check('WATCH: begins with all, then tells what has changed, once, the longest ago first')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    other.open('a', initial=3)
    other.open('b', handle=1)
    other.open('c', handle=2)
    rows, cursor = watch(client, 0)
    same(sorted((row.name, row['name']) for row in rows), [('SEM', 'a'), ('SEM', 'b'), ('SEM', 'c')])
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


@check('WATCH: a cursor that is not the last is missed, and one begins again')
def _(daemon):
    client = daemon.client()
    client.open('a')
    cursor = watch(client, 0)[1]
    for wrong in (cursor + 1, 2**64 - 1):
        reply = client.ask('WATCH', cursor=wrong, timeout=-1)
        fields_are(reply, missed=1, next=0)
        same(reply.rows, [])
    same([row['name'] for row in watch(client, 0)[0]], ['a'])


@check('WATCH: too many names that are gone are missed')
def _(daemon):
    client, other = daemon.client(), daemon.client()
    cursor = watch(client, 0)[1]
    for _ in range(20000):
        other.send('OPEN', handle=0, flags=CREATE | LAST_CLOSE, initial=1, max=0, mode=0, bypass=0,
                   name='a')
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
    waits = kicked.send('WATCH', cursor=0, timeout=-1)
    kicked.ask('PING')
    other.ask('KICK', client=kicked.client)
    same(kicked.result(waits), 'ECANCELED')
    kicked.ask('WATCH', cursor=0, timeout=0)
    kicked.ask('STATS')
    with Child() as process:
        bound = daemon.bound(process.pid)
        waits = bound.send('WATCH', cursor=0, timeout=-1)
        bound.ask('PING')
        process.end()
    same(bound.result(waits), 'ELOST')


@check('WATCH: what one may read', skip=needs_root)
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
        fields_are(told, bound=1, connections=3, semaphores=2, holds=2, waiters=1, watchers=1,
                   granted_at_once=5, granted_later=1, timed_out=1, canceled=1, refused=1,
                   kicks=1, max_clients=9, max_semaphores=8, max_waiters=7, max_handles=6,
                   max_unsent=200000, my_semaphores=2, my_waiters=3)
        fields_are(told, my_clients=3, my_handles=3, my_unsent=0, ended=2, taken_back=2)
        same(0 <= told['uptime_ms'] < 3600000, True, 'that uptime is one')
        before = told['requests']
        told = client.ask('STATS')
        same(told['requests'], before + 1, 'requests')
        shown = [row.name for row in rows_of(client.pages('CLIENTS', PLACE))].count('CLIENT')
        same(told['clients'], shown + 1, 'clients, beside those shown and the connection of the bound one,')
        same(watching in bound.replies, False)
