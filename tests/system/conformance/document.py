"""document.py - the tables, lists and hex dumps of PROTOCOL.md as Python objects.

The list of checks is compared with this module, so that nothing can be added to the document
without a check. The module knows the form of the document and not its content.
"""
import re


class Block:
    """A frame printed in hex: its bytes and the remark."""

    def __init__(self, name, line):
        self.name, self.line = name, line       # as `hello_request`
        self.data = b''
        self.remark = ''                        # text after the #, with single spaces

    def add(self, text):
        digits, _, remark = text.partition('#')
        self.data += bytes.fromhex(digits)
        self.remark = f'{self.remark} {remark.strip()}'.strip()


def cells(line):
    return [cell.strip() for cell in line.strip().strip('|').split(' | ')]


def plain(text):
    """The text without links and code marks."""
    return re.sub(r'\[([^]]*)\]\([^)]*\)', r'\1', text).replace('`', '')


class Section:
    """The part between a heading and the next."""

    def __init__(self, title):
        self.title = title
        self.tables = []        # each a list of rows of cells, the head first
        self.before = []        # for each table, the last line of text before it
        self.items = []         # of the section's list
        self.text = ''

    def rows(self, head):
        """The rows of the table with this name of the first column."""
        for table in self.tables:
            if table[0][0] == head:
                return table[1:]
        raise KeyError(f'{self.title}: no table of {head}')


class Document:
    def __init__(self, path):
        self.sections = {}
        self.blocks = []
        self.programs = []      # in the section, in Python
        with open(path, encoding='utf-8') as file:
            self.read(file)
        self.statuses = {int(row[0]): plain(row[1]) for row in self.rows('Statuses', 'number')}
        self.requests = self.messages('Requests')
        self.rows_and_end = self.messages('What the daemon says by itself')

    def rows(self, section, head):
        return self.sections[section].rows(head)

    def read(self, file):
        section, fence, last = Section(''), None, ''
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if line.startswith('```'):
                fence = None if fence else line
                if fence == '```python':
                    self.programs.append('')
            elif fence:
                self.read_fenced(fence, line, number)
            elif line.startswith('#'):
                section = Section(line.lstrip('# '))
                self.sections[section.title] = section
            else:
                self.read_line(section, line, last)
            last = line

    def read_fenced(self, fence, line, number):
        if fence == '```python':
            self.programs[-1] += line + '\n'
        elif fence == '```hex' and '_' in line.partition('#')[0]:
            self.blocks.append(Block(line, number))
        elif fence == '```hex':
            self.blocks[-1].add(line)

    @staticmethod
    def read_line(section, line, last):
        if line.startswith('|'):
            if not last.startswith('|'):
                section.before.append(section.text)
                section.tables.append([])
            if not re.fullmatch(r'[|:-]+', line):
                section.tables[-1].append(cells(line))
        elif line.startswith('- '):
            section.items.append(plain(line[2:]))
        elif line.startswith('  ') and section.items:
            section.items[-1] += ' ' + plain(line.strip())
        else:
            section.text += plain(line) + '\n'

    def messages(self, section):
        """{opcode: name} of a list of messages."""
        return {int(row[0]): plain(row[1]) for row in self.rows(section, 'opcode')}

    def fields(self, name, kind):
        """[(field, type)] of a 'request', a 'reply' or a 'row'."""
        section = self.sections[name]
        same = re.search(r"^The fields of (\w+)('s reply)?", section.text, re.M)
        if same and kind == 'row':
            return self.fields(same[1], 'reply' if same[2] else 'row')
        for table, before in zip(section.tables, section.before):
            replies = 'Reply' in before
            if table[0][:2] == ['field', 'type'] and replies == (kind == 'reply'):
                return [(row[0], row[1]) for row in table[1:]]
        return []

    def refusals(self, name):
        """The statuses that the list of a message names."""
        words = re.findall(r'\bE[A-Z]+\b', ' '.join(self.sections[name].items))
        return [status for status in self.statuses.values() if status in words]

    def numbered(self):
        return [plain(row[1]) for row in self.rows('Requests', 'opcode') if row[2] == 'yes']

    def kinds(self):
        return {int(row[0]): row[1] for row in self.rows('APPLY', 'kind')}

    def open_flags(self):
        return {int(row[0]): row[1] for row in self.rows('OPEN', 'flag')}

    def change_mask(self):
        said = dict((row[0], row[2]) for row in self.rows('CHANGE', 'field'))['mask']
        return {int(bit): name for bit, name in re.findall(r'(\d+) (\w+)', said)}

    def limits(self):
        return [plain(row[0]) for row in self.rows('Limits', 'what')]

    def malformed(self):
        return self.sections['Malformed'].items

    def never_sent(self):
        """The statuses that only a library has, by the document."""
        return re.findall(r"\b(E[A-Z]+) is not sent: it is the library's own",
                          self.sections['Statuses'].text.replace('\n', ' '))
