"""looking.py - requests answered by rows: LIST, SHOW, CLIENTS, DEADLOCKS."""
import os

import semd
from harness import check, fields_are, needs_root, opening, rows_of, same
from processes import OTHER, Child, user
from semd import ACQUIRE, CONSUME, CREATE, LAST_CLOSE, POST, UNLINKED, WAIT_ZERO

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


@check('LIST: only semaphores that the user may read', skip=needs_root)
def _(daemon):
    owner = daemon.client()
    owner.open('seen', mode=0o604)
    owner.open('unseen', handle=1, mode=0o602)
    with user(OTHER):
        other = daemon.client()
    same([row['name'] for row in rows_of(other.pages('LIST', CURSOR))], ['seen'])


@check('SHOW: SEM, HOLDERs, and WAITERs with what they lack and its holders')
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


@check('SHOW: several pages, and at most 16 blockers')
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


@check("SHOW: another user's command, and names that the user may not read, are hidden",
       skip=needs_root)
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

@check('CLIENTS: for each a CLIENT, its HOLDs and WAITs; bound and shared ones')
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
        # It sent PING while its request waited, so it is shared.
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


@check('a client is shared if it says so once, or sends more than CANCEL while its request waits')
def _(daemon):
    watcher, said, canceled, busy = (daemon.client() for _ in range(4))
    said.flags = semd.SHARED
    said.ask('PING')
    said.flags = 0
    said.ask('PING')
    for client in (canceled, busy):
        client.open('a', initial=0)
        client.start((ACQUIRE, 1))
    canceled.ask('CANCEL', request=canceled.number)
    busy.ask('LABEL', command='')
    flags = {row['client']: row['flags'] for row in rows_of(watcher.pages('CLIENTS', PLACE))
             if row.name == 'CLIENT'}
    same([flags[client.client] for client in (watcher, said, canceled, busy)], [0, 2, 0, 2])


@check('CLIENTS: several pages, also inside one client')
def _(daemon):
    many = daemon.client('x' * 255)
    for handle in range(500):
        many.send('OPEN', **opening(f'{"y" * 240}{handle}'))
        many.send('APPLY', timeout=0, terms=[(0, ACQUIRE, 1)])
        same(many.result(many.send('CLOSE', handle=0)), 'OK')
    others = [daemon.client('x' * 255) for _ in range(300)]
    pages = many.pages('CLIENTS', PLACE)
    rows = rows_of(pages)
    same(sum(row.name == 'HOLD' for row in pages[0].rows) < 500, True, 'that it is paged inside')
    same(sorted(row['client'] for row in rows if row.name == 'CLIENT'),
         [client.client for client in [many, *others]], 'the clients')
    same(sorted(int(row['name'].strip('y')) for row in rows if row.name == 'HOLD'),
         list(range(500)), 'what it holds')


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
    """Makes a circle of that many clients, each of which holds a permit and waits for the next
    client's. The last request on each connection is the waiting one, so none is shared."""
    clients = [daemon.client(f'{prefix}{i}') for i in range(count)]
    for i, client in enumerate(clients):
        client.open(f'{prefix}{i}')
        client.apply((ACQUIRE, 1))
    for i, client in enumerate(clients):
        client.open(f'{prefix}{(i + 1) % count}', handle=1)
        client.start((ACQUIRE, 1, 1))
    watcher = daemon.client()
    watcher.open(f'{prefix}0', flags=0)
    # The semaphores' counts of waiters show that the daemon has read all requests.
    while sum(row['waiting'] for row in rows_of(watcher.pages('LIST', CURSOR))
              if row['name'].startswith(prefix)) < count:
        pass
    return watcher, clients


def deadlocks(client, wanted):
    """All pages, which must show deadlocks of that many clients."""
    pages = client.pages('DEADLOCKS', IN_DEADLOCK)
    same(sorted(row['clients'] for row in rows_of(pages) if row.name == 'DEADLOCK'), wanted)
    return pages


@check('DEADLOCKS: clients that wait for each other, with all holds and waits; certain')
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


@check('DEADLOCKS: only possible with a shared client; one alone; not if waiting for a post')
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
    # A client that sent PING while its request waited is shared as well.
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
