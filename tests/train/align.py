#!/usr/bin/env python3
"""Makes labelled strings from papers whose publishers deposited their reference lists.

  align.py FEATURES WEIGHTS PAPERS PARSED.jsonl > own.jsonl

PAPERS holds PDFs' records (`<name>.json` with "references": [{title, source, authors, year}], "publisher"), PARSED.jsonl what
`scrollkeeper parse --json` printed for them. The letters of a recorded title and container are looked for in the printed entries
(spaces and marks ignored); what lies before the title belongs to the authors; numbers and the rest keep the label that the present
weights give them. One origin a publisher, houses under several names as one, so that none is learned from and tested on.
"""
import json, os, subprocess, sys, unicodedata

LABELS = ['other', 'author', 'title', 'journal', 'book', 'date', 'volume', 'issue', 'pages', 'publisher', 'location',
          'institution', 'editor', 'identifier', 'note', 'series']
HOUSES = {'hindawi': 'wiley', 'wiley': 'wiley', 'springer': 'springer', 'biomed': 'springer', 'bmc': 'springer', 'nature': 'springer'}
MOST = 900

def squash(s):
    return ''.join(c for c in unicodedata.normalize('NFKD', s or '').lower() if c.isalnum())
def letters(s):
    """Letters and digits of a text, and where each stands."""
    out, places = [], []
    for i, c in enumerate(s):
        for x in squash(c): out.append(x); places.append(i)
    return ''.join(out), places
def house(record):
    name = (record.get('publisher') or record.get('source') or '').lower()
    return next((v for k, v in HOUSES.items() if k in name), name)

def find(parsed, record):
    """Entries with the places of title and container, and whether the first author stands before the title."""
    entries, used = [(r['raw'].replace('\n', ' '),) + letters(r['raw']) for r in parsed.get('references') or []], set()
    for r in record.get('references') or []:
        title = squash(r.get('title'))
        if len(title) < 10: continue
        for j, (raw, text, places) in enumerate(entries):
            at = text.find(title)
            if j in used or at < 0 or len(raw) > MOST: continue
            used.add(j)
            source, k = squash(r.get('source')), -1
            if len(source) > 2: k = text.find(source, at + len(title))
            book = (places[k], places[k + len(source) - 1] + 1) if k >= 0 else None
            names = r.get('authors') or []
            named = bool(names) and 0 <= text.find(squash(names[0])) < at
            yield raw, (places[at], places[at + len(title) - 1] + 1), book, named
            break

def label(features, weights, raws):
    out = subprocess.run([features, 'label', weights], input='\n'.join(raws) + '\n', capture_output=True, text=True, check=True).stdout.split('\n')
    for raw, line in zip(raws, out):
        place, data = {}, raw.encode()
        for i, c in enumerate(raw): place[len(raw[:i].encode())] = i
        place[len(data)] = len(raw)
        yield [(place[int(t[0])], place[int(t[1])], LABELS[int(t[2])]) for t in (p.split(',') for p in line.split('\t')[:-1])]

def merge(raw, title, book, named, tokens):
    """The recorded labels over those of the weights; None where the two do not fit."""
    inside = [l for a, e, l in tokens if book and a >= book[0] and e <= book[1]]
    container = 'book' if inside.count('book') > inside.count('journal') else 'journal'
    out, strange = [], 0
    for a, e, l in tokens:
        before = e <= title[0] and named
        if a >= title[0] and e <= title[1]: l = 'title'
        elif book and a >= book[0] and e <= book[1]: l = container
        elif before and l not in ('date', 'other', 'author', 'editor', 'identifier', 'note', 'institution'): l = 'author'
        elif l == 'title' or book and l in ('journal', 'book'):
            if any(c.isalnum() for c in raw[a:e]): strange += 1; l = 'note'
            else: l = out[-1][2] if out else 'other'
        if out and out[-1][2] == l: out[-1][1] = e
        else: out.append([a, e, l])
    return None if strange > 6 else out

def main():
    features, weights, papers, parsed = sys.argv[1:5]
    found = []
    for line in open(parsed, encoding='utf-8'):
        p = json.loads(line)
        record = json.load(open(os.path.join(papers, os.path.basename(p['file'])[:-4] + '.json'), encoding='utf-8'))
        found += [(entry, house(record)) for entry in find(p, record)]
    back = {'book': 'booktitle', 'identifier': 'idno'}
    for ((raw, title, book, named), origin), tokens in zip(found, label(features, weights, [e[0] for e, _ in found])):
        runs = merge(raw, title, book, named, tokens)
        fields = [[back.get(l, l), raw[a:e].strip(' ,;:“”"' if l in ('title', 'author', 'editor', 'journal', 'book') else '“”"()[] ,;:')] for a, e, l in runs or [] if l != 'other']
        fields = [f for f in fields if any(c.isalnum() for c in f[1])]
        if fields: print(json.dumps({'raw': raw, 'fields': fields, 'origin': 'own/' + origin}, ensure_ascii=False))
if __name__ == '__main__': main()
