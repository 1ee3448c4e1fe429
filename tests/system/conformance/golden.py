"""golden.py - the frames that PROTOCOL.md prints. Each is decoded to the values in its remark and
encoded to the same bytes again. Also compares semd.py's tables with those of the document."""
import re

import semd
from harness import same

KINDS = {'request': 'request', 'reply': 'reply', 'event': 'row'}


def check_block(block):
    name, kind = block.name.rsplit('_', 1)
    frame = semd.decode(block.data, KINDS[kind])
    same(frame.name, name.upper(), 'the message')
    same(frame.encode().hex(' '), block.data.hex(' '), 'the frame encoded again')
    same(block.remark, ', '.join(remarks(frame)), 'what is said of it')


def remarks(frame):
    """The remark that the document must print for the frame, in pieces."""
    yield frame.name
    if frame.kind == 'request':
        yield f'flags {frame.status}'
    else:
        yield frame.error if frame.status else 'status 0'
    yield f'tag {frame.tag}'
    yield f'number {frame.number}'
    yield f'seen {frame.seen}' if frame.kind == 'request' else f'request {frame.request}'
    for name, kind in frame.fields():
        yield from remarks_of_field(name, kind, frame[name])


def remarks_of_field(name, kind, value):
    if kind == 'terms':
        names = {getattr(semd, kind): kind for kind in
                 ('ACQUIRE', 'CONSUME', 'RELEASE', 'SETTLE', 'POST', 'WAIT_ZERO')}
        for handle, kind_of_term, n in value:
            yield f'{names[kind_of_term]} {n} of handle {handle}'
    elif kind == 'session':
        yield 'session'
    elif kind == 'text':
        yield f'{name} "{value}"'
    else:
        yield f'mode octal {value:o}' if name == 'mode' else f'{name} {value}'


def check_fields(document):
    """Each kind of frame has the same fields in the same order."""
    for message in semd.MESSAGES:
        kinds = ['row'] if message.opcode >= 64 else ['request', 'reply']
        same(list(message.fields), kinds, f'what {message.name} has')
        for kind in kinds:
            same(message.fields[kind], document.fields(message.name, kind),
                 f'{kind} {message.name}')


def check_names(document):
    """semd.py has the same messages, statuses and constants."""
    same({message.opcode: message.name for message in semd.MESSAGES},
         {**document.requests, **document.rows_and_end}, 'the list of messages')
    same([message.name for message in semd.MESSAGES if message.numbered], document.numbered(),
         'the list of numbered messages')
    said = re.search(r'is numbered: ([^.]*)\.', document.sections[
        'Numbers, order, cancelling'].text.replace('*', '').replace('\n', ' '))
    same(said[1].split(', '), document.numbered(), 'the list of numbered messages in words')
    same(dict(enumerate(semd.STATUSES)), document.statuses, 'the list of statuses')
    for number, name in {**document.kinds(), **document.open_flags()}.items():
        same(getattr(semd, name) in (number,), True, f'{name} = {number}')
    for number, name in document.change_mask().items():
        same(getattr(semd, name.upper()), number, name)
