#!/usr/bin/env python3
"""Learns the weights of the reader of printed references (src/extract/crf/reference.weights).

  train.py FEATURES OUT CITATION.jsonl ...       learn from everything and write the packed weights
  options: --fold K/N   leave out the K-th of N parts (strings of one origin stay together unless it has more than 300)
           --without REGEX  leave out strings whose origin matches
           --c1 --c2    strength of the L1 and L2 penalties; --iterations N; --least W leaves out smaller weights

FEATURES is the program of features.rs, compiled. Needs python-crfsuite. The texts are not part of this repository:
CITATION.jsonl has one JSON a line, {"raw", "fields": [[label, text], ...], "origin"}, fields in printed order.
"""
import argparse, hashlib, json, os, re, struct, subprocess, sys, tempfile
from collections import Counter, defaultdict

LABELS = ['other', 'author', 'title', 'journal', 'book', 'date', 'volume', 'issue', 'pages', 'publisher', 'location',
          'institution', 'editor', 'identifier', 'note', 'series']
OF = {'author': 'author', 'title': 'title', 'journal': 'journal', 'booktitle': 'book', 'date': 'date', 'volume': 'volume',
      'issue': 'issue', 'pages': 'pages', 'publisher': 'publisher', 'location': 'location', 'institution': 'institution',
      'editor': 'editor', 'doi': 'identifier', 'arxiv': 'identifier', 'url': 'identifier', 'idno': 'identifier',
      'pmid': 'identifier', 'issn': 'identifier', 'pmc': 'identifier', 'isbn': 'identifier', 'pii': 'identifier',
      'report': 'note', 'chapter': 'note', 'note': 'note', 'series': 'series'}

def read(paths):
    for path in paths:
        for line in open(path, encoding='utf-8'):
            if line.strip():
                yield json.loads(line)

def held_out(strings, fold):
    k, n = map(int, fold.split('/'))
    size = Counter(s.get('origin') for s in strings)
    part = lambda s: s['origin'] if s.get('origin') and size[s['origin']] <= 300 else s['raw']
    return [int(hashlib.sha1(part(s).encode()).hexdigest(), 16) % n == k for s in strings]

def conventions(s):
    """AnyStyle's cut of the fields ("(Vol. 3," as volume, "pp. 1-9)." as pages, "In" inside the book) brought to GROBID's."""
    if not (s.get('origin') or '').startswith('res/parser'): return s
    of = {'container-title': 'booktitle', 'source': 'publisher', 'producer': 'publisher', 'collection-title': 'series', 'genre': 'note',
          'edition': 'note', 'medium': 'note', 'translator': 'editor', 'director': 'author'}
    out = []
    for label, text in s['fields']:
        if label == 'citation-number': continue
        label, t = of.get(label, label), text.strip(' ,;:')
        if label in ('title', 'journal', 'booktitle'): t = re.sub(r'^[Ii]n:?\s+', '', t.strip('"“”«»„ ,;:').rstrip('.').strip('"“” ,'))
        elif label == 'editor': t = re.sub(r'^[Ii]n:?\s+', '', t)
        elif label in ('date', 'location', 'publisher'): t = t.strip('().,;: ')
        elif label == 'pages':
            m = re.search(r'[A-Za-z]?\d[\w\-–—‑, ]*', t); t = (m.group(0) if m else t).strip(' ,')
        elif label == 'volume':
            m = re.match(r'^\D*?(\d+|[IVXLC]+)\s*[(:/,]\s*(?:[Nn]o\.?\s*|issue\s*)?([\d\-–/]+)\)?', t)
            if m: out += [['volume', m.group(1)], ['issue', m.group(2)]]; continue
            m = re.search(r'(?<![A-Za-z])(\d+|[IVXLC]+)(?![A-Za-z])', t); t = m.group(1) if m else t
        if t: out.append([label, t])
    return {**s, 'fields': out}

def spans(raw, fields):
    """Byte ranges of the fields."""
    at, out = 0, []
    for label, text in fields:
        found = raw.find(text, at)
        if found < 0 or not text:
            continue
        at = found + len(text)
        out.append((len(raw[:found].encode()), len(raw[:at].encode()), OF.get(label, 'other')))
    return out

def labels(raw, fields, tokens):
    """One label a token: marks behind a field belong to it, words between fields and the marks behind them to none."""
    out, last, ranges, turn = [], 'other', spans(raw, fields), 0
    data = raw.encode()
    for start, end in tokens:
        while turn < len(ranges) and ranges[turn][1] <= start:
            turn += 1
        inside = turn < len(ranges) and ranges[turn][0] < end
        if inside:
            last = ranges[turn][2]
        elif any(c.isalnum() for c in data[start:end].decode(errors='replace')):
            last = 'other'
        out.append(last)
    return out

def half(weight):
    return struct.pack('<e', max(-60000.0, min(60000.0, weight)))

def pack(model, out, least):
    import pycrfsuite
    with tempfile.NamedTemporaryFile('r', suffix='.txt') as dump:
        tagger = pycrfsuite.Tagger(); tagger.open(model); tagger.dump(dump.name)
        rows, square, part = defaultdict(dict), [[0.0] * 16 for _ in range(16)], None
        for line in open(dump.name, encoding='utf-8'):
            line = line.strip()
            if line.endswith('= {'): part = line.split()[0]; continue
            if '-->' not in line: continue
            left, weight = line.rsplit(':', 1); weight = float(weight)
            names = left.split(')', 1)[1].split('-->')
            a, b = names[0].strip(), names[1].strip()
            if part == 'TRANSITIONS': square[LABELS.index(a)][LABELS.index(b)] = weight
            elif part == 'STATE_FEATURES' and abs(weight) >= least: rows[int(a, 16)][LABELS.index(b)] = weight
    with open(out, 'wb') as f:
        f.write(b'SKCRF\0\0\x01' + struct.pack('<I', len(rows)))
        for row in square: f.write(struct.pack('<16f', *row))
        keys = sorted(rows)
        f.write(struct.pack('<%dI' % len(keys), *keys))
        f.write(struct.pack('<%dH' % len(keys), *[sum(1 << l for l in rows[k]) for k in keys]))
        for k in keys: f.write(b''.join(half(rows[k][l]) for l in sorted(rows[k])))
    return len(keys), sum(map(len, rows.values())), os.path.getsize(out)

def main():
    ap = argparse.ArgumentParser(); ap.add_argument('features'); ap.add_argument('out'); ap.add_argument('strings', nargs='+')
    ap.add_argument('--fold'); ap.add_argument('--without'); ap.add_argument('--c1', type=float, default=0.3); ap.add_argument('--c2', type=float, default=0.05)
    ap.add_argument('--iterations', type=int, default=200); ap.add_argument('--least', type=float, default=0.03); a = ap.parse_args()
    import pycrfsuite
    strings = [conventions(s) for s in read(a.strings) if '\n' not in s['raw']]
    out_of_it = held_out(strings, a.fold) if a.fold else [False] * len(strings)
    if a.without: out_of_it = [x or bool(re.search(a.without, s.get('origin') or '')) for x, s in zip(out_of_it, strings)]
    emitted = subprocess.run([a.features, 'emit'], input='\n'.join(s['raw'] for s in strings) + '\n', capture_output=True, text=True, check=True).stdout.split('\n')
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({'c1': a.c1, 'c2': a.c2, 'max_iterations': a.iterations, 'feature.possible_transitions': True})
    n = 0
    for s, line, skip in zip(strings, emitted, out_of_it):
        if skip or not line: continue
        tokens = [t.split(',') for t in line.rstrip('\t').split('\t')]
        ys = labels(s['raw'], s['fields'], [(int(t[0]), int(t[1])) for t in tokens])
        trainer.append(pycrfsuite.ItemSequence([t[2].split() for t in tokens]), ys); n += 1
    with tempfile.NamedTemporaryFile(suffix='.crfsuite') as model:
        trainer.train(model.name)
        print('strings %d, iterations %s, loss %.0f' % (n, trainer.logparser.last_iteration.get('num'), trainer.logparser.last_iteration.get('loss', 0)), 'features %d, weights %d, bytes %d' % pack(model.name, a.out, a.least))
if __name__ == '__main__': main()
