#!/usr/bin/env python3
"""Learns which capitalised words are people's names (src/extract/names.weights, read by src/extract/name_sense.rs).

  names.py CORPUS OUT        learn from everything and write the weights
  names.py CORPUS --test K   leave out the K-th of five parts and print how well lines of names are told from others there

CORPUS holds the published sets header.jsonl, name-header.jsonl, name-citation.jsonl, citation.jsonl and
citation-anystyle.jsonl; the texts are not part of this repository. A logistic model over the letters of a word (groups of
two to four, the whole word, its length), hashed into 2^14 weights of one byte; words of names against words of titles,
affiliations, addresses, journals and imprints. Needs numpy.
"""
import hashlib, json, math, os, random, re, sys
from collections import Counter
import numpy as np

BITS, SCALE, CLIP = 14, 24.0, 4.0
OTHERS = {'title', 'affiliation', 'address', 'keyword', 'copyright', 'reference', 'doctype', 'O', 'meeting', 'funding', 'submission'}
CITED = {'title', 'journal', 'booktitle', 'container-title', 'publisher', 'institution', 'series', 'collection-title'}
GROUPS = set('eds ed hrsg hg herausgeber university department committee world health organization national institute association '
             'society group ministry council in the of and'.split())

def words(text): return [w for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text) if len(w) >= 2]
def part(key): return int(hashlib.sha1(key.encode()).hexdigest(), 16) % 5

def slot(gram):
    h = 0x811c9dc5
    for byte in gram.encode(): h = ((h ^ byte) * 0x01000193) & 0xffffffff
    return (h ^ (h >> 15)) & ((1 << BITS) - 1)

def slots(word, known={}):
    if word not in known:
        s = '^' + word + '$'
        grams = {s[i:i + n] for n in (2, 3, 4) for i in range(len(s) - n + 1)} | {'#' + word, 'L%d' % min(len(word), 12)}
        known[word] = sorted({slot(g) for g in grams})
    return known[word]

def read(corpus, name):
    for line in open(os.path.join(corpus, name), encoding='utf-8'): yield json.loads(line)

def collect(corpus):
    """Words of names, other words, and whole header lines with their label; each with its part."""
    names, others, lines = [], [], []
    for name in ('name-header.jsonl', 'name-citation.jsonl'):
        for r in read(corpus, name):
            names += [(w, part(r['raw'][:40])) for label, text in r['fields'] if label in ('forename', 'surname', 'middlename') for w in words(text)]
    for name in ('citation.jsonl', 'citation-anystyle.jsonl'):
        for r in read(corpus, name):
            for label, text in r['fields']:
                some = [(w, part(r['raw'][:40])) for w in words(text) if w[0].isupper()]
                if label in ('author', 'editor'): names += [(w, k) for w, k in some if w.lower() not in GROUPS]
                elif label in CITED: others += some
    for document in read(corpus, 'header.jsonl'):
        k, line = part(document['id']), []
        for token, label, features in document['tokens']:
            label = label.split('-', 1)[-1]
            if features[1] == 'S' and line: lines.append((k, line)); line = []
            line.append((token, label))
            some = [(w, k) for w in words(token)] if token[:1].isupper() else []
            if label == 'author': names += some
            elif label in OTHERS: others += some
        if line: lines.append((k, line))
    return names, others, lines

def learn(names, others, without=None, rounds=6, rate=.1, penalty=1e-5):
    count = lambda pairs: Counter(w.lower() for w, k in pairs if k != without)
    data = [(w, 1, min(n, 4)) for w, n in count(names).items()] + [(w, 0, min(n, 8)) for w, n in count(others).items()]
    turn, weights, squares, bias = random.Random(1), np.zeros(1 << BITS), np.full(1 << BITS, 1e-6), 0.0
    for _ in range(rounds):
        turn.shuffle(data)
        for word, label, n in data:
            at = slots(word)
            miss = (label - 1 / (1 + math.exp(-max(-30, min(30, bias + weights[at].sum()))))) * math.sqrt(n)
            step = miss - penalty * weights[at]
            squares[at] += step * step
            weights[at] += rate * step / np.sqrt(squares[at]); bias += .02 * miss
    return np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8), int(np.clip(round(bias * SCALE), -127, 127))

def sense(model, text):
    weights, bias = model
    each = [max(-CLIP, min(CLIP, (bias + int(weights[slots(w.lower())].astype(int).sum())) / SCALE)) for w in words(text) if w[0].isupper()]
    return float(np.mean(each)) if each else 0.0

def main():
    corpus = sys.argv[1]; names, others, lines = collect(corpus)
    if sys.argv[2] != '--test':
        weights, bias = learn(names, others)
        with open(sys.argv[2], 'wb') as out: out.write(np.int8(bias).tobytes() + weights.tobytes())
        print('names %d, other words %d, bytes %d' % (len(names), len(others), os.path.getsize(sys.argv[2]))); return
    k = int(sys.argv[3]); model = learn(names, others, k); said = {True: [], False: []}
    for at, line in lines:
        label, n = Counter(label for _, label in line).most_common(1)[0]
        big = [w for w, _ in line if w[:1].isupper()]
        if at == k and n >= .8 * len(line) and label in OTHERS | {'author'} and len(big) * 10 > 6 * len([w for w, _ in line if w[:1].isalpha()]) > 6:
            said[label == 'author'].append(sense(model, ' '.join(w for w, _ in line)))
    for least in (-2, -1.5, -1, -.5, 0, .5):
        print('%5.1f  lines of names lost %.3f, other lines kept %.3f' % (least, *(sum((s >= least) != y for s in said[y]) / len(said[y]) for y in (True, False))))
if __name__ == '__main__': main()
