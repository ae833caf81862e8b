// The boxes of a stretch of text, joined line by line.
import type { Box, PageLayout, Words } from './host'
import { firstWordBehind, isSideways, wordBox, wordCount, wordEnd, wordStart } from './words'

/** Boxes of the code points `[start, end)`: of words that are only partly meant, the part. */
export function boxesOf(layout: PageLayout, start: number, end: number): Box[] {
  const boxes: Box[] = []
  const count = wordCount(layout.words)
  for (let i = firstWordBehind(layout.words, start); i < count && wordStart(layout.words, i) < end; i += 1) {
    boxes.push(partOf(layout.words, i, start, end))
  }
  return joinLines(boxes)
}

function partOf(words: Words, index: number, start: number, end: number): Box {
  const box = wordBox(words, index)
  const [first, behind] = [wordStart(words, index), wordEnd(words, index)]
  // Sideways text may run up or down; without more knowledge the whole word is marked.
  if ((start <= first && end >= behind) || isSideways(words, index)) return box
  const from = Math.max(0, (start - first) / (behind - first))
  const to = Math.min(1, (end - first) / (behind - first))
  const width = box[2] - box[0]
  return [box[0] + from * width, box[1], box[0] + to * width, box[3]]
}

/** Joins neighbours on one line, so that a phrase is one stroke and not a row of bricks. */
function joinLines(boxes: readonly Box[]): Box[] {
  const joined: Box[] = []
  for (const box of boxes) {
    const last = joined.at(-1)
    if (last !== undefined && goesOn(last, box)) joined[joined.length - 1] = union(last, box)
    else joined.push(box)
  }
  return joined
}

function union(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

function goesOn(last: Box, next: Box): boolean {
  const [lastHeight, nextHeight] = [last[3] - last[1], next[3] - next[1]]
  const common = Math.min(last[3], next[3]) - Math.max(last[1], next[1])
  const gap = next[0] - last[2]
  const small = Math.min(lastHeight, nextHeight)
  return common > 0.5 * small && gap > -0.5 * small && gap < 1.2 * Math.max(lastHeight, nextHeight)
}
