#!/usr/bin/env python3
"""Fits how sure the title of a reference is (SURE in src/extract/crf/spans.rs) and prints how often each range was right.

  sure.py FEATURES WEIGHTS CORPUS PARSED.jsonl ORIGINS

CORPUS holds score.py and papers/ with records; PARSED.jsonl is what `scrollkeeper parse --json` printed for the papers; ORIGINS is a
regular expression of the origins ("own/…") that WEIGHTS were learned without: only these are looked at. Cross-validated by paper.
Needs numpy.
"""
import json, os, random, re, subprocess, sys
import numpy as np
from align import house

SIGNS = 9

def read(features, weights, raws):
    out = subprocess.run([features, 'fields', weights], input='\n'.join(raws) + '\n', capture_output=True, text=True, check=True).stdout.split('\n')
    for line in out[:len(raws)]:
        cells = line.split('\t')
        yield cells[1], [float(x) for x in cells[-SIGNS:]]

def fit(x, y, penalty=1.0):
    a = np.c_[np.ones(len(x)), np.array(x)]; y = np.array(y, float); w = np.zeros(a.shape[1]); keep = np.r_[0, np.ones(len(w) - 1)]
    for _ in range(60):
        p = 1 / (1 + np.exp(-a @ w))
        w += np.linalg.solve((a * (p * (1 - p))[:, None]).T @ a + penalty * np.diag(keep) + 1e-6 * np.eye(len(w)), a.T @ (y - p) - penalty * keep * w)
    return w

def main():
    features, weights, corpus, parsed, origins = sys.argv[1:6]
    sys.path.insert(0, corpus)
    from score import match, norm, squash
    x, y, paper = [], [], []
    for line in open(parsed, encoding='utf-8'):
        p = json.loads(line); name = os.path.basename(p['file'])[:-4]
        record = json.load(open(os.path.join(corpus, 'papers', name + '.json'), encoding='utf-8'))
        truth = [r for r in record.get('references') or [] if len(squash(r.get('title'))) > 5]
        whole = not (record.get('ref_truth') or '').startswith('crossref')
        if not truth or not whole or len(truth) < .8 * len(record['references']) or not re.search(origins, 'own/' + house(record)): continue
        found = list(read(features, weights, [r['raw'].replace('\n', ' ') for r in p['references']]))
        right = {j for _, j in match([norm(r['title']) for r in truth], [norm(t) for t, _ in found], .9)}
        for j, (title, signs) in enumerate(found):
            if title: x.append(signs); y.append(j in right); paper.append(name)
    names = sorted(set(paper)); random.Random(1).shuffle(names); part = {n: i % 8 for i, n in enumerate(names)}
    said = np.zeros(len(x))
    for k in range(8):
        w = fit([a for a, n in zip(x, paper) if part[n] != k], [b for b, n in zip(y, paper) if part[n] != k])
        for i, n in enumerate(paper):
            if part[n] == k: said[i] = 1 / (1 + np.exp(-(w[0] + np.dot(w[1:], x[i]))))
    print('titles %d, right %.3f' % (len(y), np.mean(y)))
    for low, high in ((.9, 1.01), (.7, .9), (.5, .7), (0, .5)):
        some = [b for b, s in zip(y, said) if low <= s < high]
        print('%.1f-%.1f  said %.3f  right %.3f' % (low, min(high, 1), len(some) / len(y), np.mean(some) if some else 0))
    print('[' + ', '.join('%.3f' % a for a in fit(x, y)) + ']')
if __name__ == '__main__': main()
