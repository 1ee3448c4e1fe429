"""terms.py - APPLY, each kind of term and each outcome; CANCEL."""
from harness import check, same
from semd import ACQUIRE, CONSUME, POST, RELEASE, SETTLE, WAIT_ZERO


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


@check('APPLY: a waiting request takes and gives nothing; a refusal on arrival is final')
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


@check('APPLY: a waiter is tried again when it can be granted, and may be refused then')
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


@check('APPLY: in order of arrival on each semaphore; a small request does not pass a large one')
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


@check('APPLY: bypass is the number of grants that pass a waiter')
def _(daemon):
    # Each is another client, since a client that holds permits passes waiters stuck behind it.
    holder, first, *others = (daemon.client() for _ in range(5))
    for client in (holder, first, *others):
        client.open('a', initial=5, bypass=2)
    holder.apply((ACQUIRE, 1))
    large = first.wait((ACQUIRE, 5))
    same([client.apply((ACQUIRE, 1)) for client in others], ['OK', 'OK', 'EAGAIN'],
         'who comes later')
    for client in (holder, *others[:2]):
        client.apply((RELEASE, 1))
    same(first.result(large), 'OK')


@check('APPLY: a request for more than other clients can leave it holds up no other')
def _(daemon):
    first, second, third = (daemon.client() for _ in range(3))
    for client in (first, second, third):
        client.open('a', initial=3)
    first.apply((ACQUIRE, 1))
    for many in (30, 3):        # of 3 permits, of which it holds one
        waits = first.wait((ACQUIRE, many))
        same(second.apply((ACQUIRE, 1)), 'OK', f'who comes behind a request for {many}')
        first.ask('CANCEL', request=first.number)
        same(first.result(waits), 'ECANCELED')
        second.apply((RELEASE, 1))
    second.apply((ACQUIRE, 1))
    first.wait((ACQUIRE, 2))    # there can be that many
    same(third.apply((ACQUIRE, 1)), 'EAGAIN', 'who comes behind a request for 2')


@check('APPLY: a waiter lets clients pass that it is stuck behind; where it is short, 64 times')
def _(daemon):
    holder, waiter, other = daemon.client(), daemon.client(), daemon.client()
    for client in (holder, waiter, other):
        client.open('a', initial=2)
        client.open('b', handle=1, initial=1)
    holder.apply((ACQUIRE, 1))
    waits = waiter.wait((ACQUIRE, 2), (ACQUIRE, 1, 1))
    same(other.apply((ACQUIRE, 1)), 'EAGAIN', 'of a client that holds nothing')
    # The waiter is short of a but not of b.
    for _ in range(100):
        same(holder.apply((ACQUIRE, 1, 1)), 'OK', 'of what the waiter is not short of')
        holder.apply((RELEASE, 1, 1))
    for i in range(64):
        same(holder.apply((ACQUIRE, 1)), 'OK', f'number {i + 1}')
        holder.apply((RELEASE, 1))
    same(holder.apply((ACQUIRE, 1)), 'EAGAIN', 'number 65')
    holder.apply((RELEASE, 1))
    same(waiter.result(waits), 'OK')


@check('APPLY: WAIT_ZERO stands in no line and holds up no other')
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
