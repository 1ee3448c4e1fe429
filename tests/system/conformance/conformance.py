"""conformance.py - checks that the daemon does what PROTOCOL.md says, with a client that was
written from that document alone (semd.py). TAP.

Checks must have seen all that the document lists: each message, row, field, status, kind of term,
flag and limit, and each way of being malformed. At the end the unseen ones are reported as failed.

usage: conformance.py [WORD]: only checks with this word, without the report of unseen ones
"""
import importlib
import sys

import golden
import harness

# The modules with the checks.
for module in ('sessions', 'opening', 'terms', 'altering', 'looking', 'watching', 'malformed',
               'limits', 'order', 'promises', 'leaving', 'quickstart'):
    importlib.import_module(module)

# What the document names but no check can produce, and why.
CANNOT = {
    'END EACCES': 'needs an old Linux, and a client in a pid namespace hidden from its daemon',
    'END ENOMEM': 'memory for a connection cannot be withheld while that of others is not',
}


def wanted(document):
    """All that must be seen, in words."""
    for name in document.requests.values():
        yield f'{name} OK'
        yield from (f'{name} {status}' for status in document.refusals(name))
        yield from (f'reply {name}: {field}' for field, _ in document.fields(name, 'reply'))
    for name in document.rows_and_end.values():
        yield from (f'row {name}: {field}' for field, _ in document.fields(name, 'row'))
    yield from (f'END {status}' for status in document.refusals('END'))
    yield from (f'status {status}' for status in document.statuses.values()
                if status not in document.never_sent())
    yield from (f'kind {number}' for number in document.kinds())
    yield from (f'flag {number}' for number in document.open_flags())
    yield from (f'mask {number}' for number in document.change_mask())
    yield from (f'limit {limit}' for limit in document.limits())
    yield from (f'malformed: {item}' for item in document.malformed())


def seen(document):
    """All that was seen, in the same words."""
    for name, status in harness.answered | harness.said:
        yield f'{name} {status}'
        yield f'status {status}'
    for name, kind, field in harness.looked_at:
        yield f'{kind} {name}: {field}'
    yield from (f'{what} {number}' for what, number in harness.granted)
    for check in harness.CHECKS:
        yield from (f'limit {limit}' for limit in check.limit)
        yield from (f'malformed: {item}' for item in document.malformed()
                    if item.startswith(check.malformed))
        if check.skip:
            for name, status in map(str.split, check.produces):
                yield from (f'{name} {status}', f'status {status}')


def check_complete(document, only_some):
    if only_some:
        raise harness.Skip('only some checks were run')
    missing = [what for what in wanted(document) if what not in set(seen(document)) | set(CANNOT)]
    harness.same(missing, [], 'what no check has seen')
    sent = [status for status in document.never_sent() if f'status {status}' in set(seen(document))]
    harness.same(sent, [], 'what is never sent, and was,')
    excused = [what for what in CANNOT if what in set(seen(document))]
    harness.same(excused, [], 'what cannot be brought about, and was,')
    unknown = [what for what in CANNOT if what not in set(wanted(document))]
    harness.same(unknown, [], 'what is excused, and the document does not name,')


def main():
    word = sys.argv[1] if len(sys.argv) > 1 else ''
    document = harness.DOCUMENT
    checks = [check for check in harness.CHECKS if word in check.words]
    results = harness.Results(len(document.blocks) + 3 + len(checks))
    results.report('semd.py has the messages and statuses of PROTOCOL.md',
                   lambda: golden.check_names(document))
    results.report('semd.py has the fields of PROTOCOL.md', lambda: golden.check_fields(document))
    for block in document.blocks:
        results.report(f'PROTOCOL.md:{block.line}: {block.name}', lambda: golden.check_block(block))
    for check in checks:
        results.report(check.words, lambda: harness.run(check))
    results.report('everything listed in PROTOCOL.md was seen',
                   lambda: check_complete(document, bool(word)))
    return results.failed != 0


if __name__ == '__main__':
    sys.exit(main())
