"""order.py - the order of errors: which of several faults of a request is reported.

The rule is read from the document. For each request all sets of faults are made that it can have at
the same time; the answer must be the fault that comes first by the rule.
"""
import itertools
import re

import semd
from harness import DOCUMENT, NO_CHANGE, check, needs_root, opening, same
from opening import LARGEST
from processes import OTHER, user
from semd import CREATE, EXCLUSIVE, POST, RELEASE, RESET


def rule():
    """The steps of the rule, each a set of statuses; 'handles' stands for all errors of handles."""
    section = DOCUMENT.sections['Order of errors']
    return [set(re.findall(r'\bE[A-Z]+\b|\bhandles\b|\bnumbers\b', row[1]))
            for row in section.rows('step')]


def first_of(possible, faults):
    """The status of the first of these faults; `possible` is {fault: (status, step)}."""
    steps = rule()

    def place(fault):
        return next(i for i, step in enumerate(steps) if possible[fault][1] in step)
    return possible[min(faults, key=place)][0]


def subsets(faults):
    for count in range(1, len(faults) + 1):
        yield from itertools.combinations(faults, count)


def outcome(client, message, values):
    """The status of the reply, or that of END if the connection ends instead."""
    try:
        return client.status(message, **values)
    except semd.Ended as ended:
        return ended.error


# --- Requests on one handle ---------------------------------------------------------------------

# The possible faults: {name of the fault: (status, step)}. The name says how it is made.
REMOVED = {'removed': ('EREMOVED', 'handles')}
RESET_SINCE = {'reset': ('ERESET', 'ERESET')}
NO_RIGHT = {'no right': ('EACCES', 'EACCES')}
INVALID = {'invalid': ('EINVAL', 'EINVAL')}
ON_A_HANDLE = {
    'APPLY': {**REMOVED, **INVALID, **NO_RIGHT, **RESET_SINCE, 'numbers': ('ENOTHELD', 'numbers')},
    'QUERY': {**REMOVED, **NO_RIGHT, **RESET_SINCE},
    'SET': {**REMOVED, **INVALID, **NO_RIGHT, **RESET_SINCE},
    'CHANGE': {**REMOVED, **INVALID, **NO_RIGHT, 'gives away': ('EACCES', 'EACCES'), **RESET_SINCE,
               'numbers': ('EINVAL', 'numbers')},
    'RESET': {**REMOVED, **NO_RIGHT, **RESET_SINCE},
}


def request_on_a_handle(message, faults):
    """The fields of a request with these faults."""
    if message == 'APPLY':
        kind = 9 if 'invalid' in faults else RELEASE if 'numbers' in faults else POST
        return {'timeout': 0, 'terms': [(0, kind, 1)]}
    if message == 'SET':
        return {'handle': 0, 'total': LARGEST + 1 if 'invalid' in faults else 3}
    if message == 'CHANGE':
        mask = 64 * ('invalid' in faults) | semd.UID * ('gives away' in faults)
        mask |= semd.MAX * ('numbers' in faults)
        return {'handle': 0, **NO_CHANGE, 'mask': mask, 'max': 1}
    return {'handle': 0}


def try_on_a_handle(daemon, message, faults):
    root = daemon.client()
    with user(OTHER):
        client = daemon.client()
    # The user without this right can still open it: another right is left, or root opens it.
    mode = {'APPLY': 0o644, 'QUERY': 0o622}.get(message, 0o666)
    owner = root if 'no right' in faults else client
    owner.open('a', initial=3, max=9, mode=mode if 'no right' in faults else 0)
    for other in {root, client} - {owner}:
        other.open('a', flags=0)
    if 'reset' in faults:
        root.ask('RESET', handle=0)
    if 'removed' in faults:
        root.ask('REMOVE', name='a')
    told = outcome(client, message, request_on_a_handle(message, faults))
    if 'removed' not in faults:
        root.ask('REMOVE', name='a')
    root.leave()
    client.leave()
    return told


@check('order of errors: requests on one handle, with every set of faults', skip=needs_root)
def _(daemon):
    for message, possible in ON_A_HANDLE.items():
        for faults in subsets(possible):
            wanted = first_of(possible, faults)
            same(try_on_a_handle(daemon, message, faults), wanted, f'{message} that is {faults}')



# --- OPEN and BIND ------------------------------------------------------------------------------

OPEN = {
    'too high': ('EQUOTA', 'handles'), 'invalid': ('EINVAL', 'EINVAL'),
    'not there': ('ENOENT', 'ENOENT'), 'exclusive': ('EEXIST', 'EEXIST'),
    'no right': ('EACCES', 'EACCES'), 'too many': ('EQUOTA', 'numbers'),
}


def try_open(daemon, root, faults):
    with user(OTHER):
        many, client = daemon.client(), daemon.client()
    root.open('a', mode=0o600 if 'no right' in faults else 0o666)
    if 'too many' in faults:
        many.open('b')
        many.open('b', handle=1)
    flags = 0 if 'not there' in faults else CREATE
    flags |= EXCLUSIVE if 'exclusive' in faults else RESET if 'no right' in faults else 0
    flags |= 64 * ('invalid' in faults)
    told = outcome(client, 'OPEN', opening('c' if 'not there' in faults else 'a', flags=flags,
                                           handle=2 if 'too high' in faults else 0))
    root.ask('REMOVE', name='a')
    root.ask('CLOSE', handle=0)
    for each in (client, many):
        each.leave()
    root.status('REMOVE', name='b')
    return told


@check('order of errors: OPEN with every set of faults', '--max-handles', '2', skip=needs_root)
def _(daemon):
    root = daemon.client()
    for faults in subsets(OPEN):
        # A semaphore that does not exist has no owner.
        if 'not there' in faults and {'exclusive', 'no right'} & set(faults):
            continue
        same(try_open(daemon, root, faults), first_of(OPEN, faults), f'OPEN that is {faults}')


BIND = {'used': ('EINVAL', 'EINVAL'), 'not there': ('ENOENT', 'ENOENT'), **NO_RIGHT}


@check('order of errors: BIND', skip=needs_root)
def _(daemon):
    with user(OTHER):
        client = daemon.client()
    nobody = {'pid': 2**32 - 1, 'inode': 1, 'start': 1, 'command': ''}
    roots = {'command': '', **semd.name_process(1)}
    same(client.status('BIND', **nobody), 'ENOENT')
    same(client.status('BIND', **roots), 'EACCES')
    client.open('a')
    same(client.status('BIND', **nobody), first_of(BIND, ('used', 'not there')))
    same(client.status('BIND', **roots), first_of(BIND, ('used', 'no right')))


# --- Many handles, and the end ------------------------------------------------------------------

@check('order of errors: of several handles the first that is wrong', '--max-handles', '4')
def _(daemon):
    client = daemon.client()
    client.open('a')
    client.ask('REMOVE', name='a')
    faults = {0: 'EREMOVED', 1: client.opens('none', handle=1, flags=0),
              2: client.opens('', handle=2), 4: client.opens('a', handle=4)}
    same(list(faults.values()), ['EREMOVED', 'ENOENT', 'EINVAL', 'EQUOTA'])
    for order in itertools.permutations(faults):
        for kind in (POST, 9):
            same(client.apply(*((kind, 1, handle) for handle in order)), faults[order[0]],
                 f'APPLY to handles {order}')
    same(client.apply(timeout=-1), 'EINVAL', 'APPLY that names no handle')


@check('order of errors: ELOST before all')
def _(daemon):
    for message, values in (
            ('APPLY', {'timeout': 0, 'terms': []}), ('APPLY', {'timeout': 0, 'terms': [(0, 9, 0)]}),
            ('SET', {'handle': 0, 'total': LARGEST + 1}), ('OPEN', opening('', handle=7)),
            ('QUERY', {'handle': 7}), ('REMOVE', {'name': ''}), ('KICK', {'client': 0})):
        root, client = daemon.client(), daemon.client()
        client.open('a')
        root.ask('KICK', client=client.client)
        same(outcome(client, message, values), 'ELOST', f'{message} of whom was kicked')
