import { describe, expect, it } from 'vitest'
import { areaOf, unturned, type Area } from './geometry'
import type { Box, Turn } from './host'

const near = (area: Area) =>
  [area.left, area.top, area.width, area.height].map((value) => Math.round(value * 1000) / 1000)

describe('where a box lies on the displayed page', () => {
  // A page of 200 × 400 whose visible box begins at 50, 60; the box is 20 wide, 40 high, 10 from its left, 80 from its foot.
  const crop: Box = [50, 60, 250, 460]
  const box: Box = [60, 140, 80, 180]

  it.each<[Turn, number[]]>([
    [0, [0.05, 0.7, 0.1, 0.1]],
    [90, [0.2, 0.05, 0.1, 0.1]],
    [180, [0.85, 0.2, 0.1, 0.1]],
    [270, [0.7, 0.85, 0.1, 0.1]],
  ])('turned by %s', (turn, expected) => {
    expect(near(areaOf(box, crop, turn))).toEqual(expected)
  })

  it('is found back from the turned page', () => {
    const flat = areaOf(box, crop, 0)
    for (const turn of [0, 90, 180, 270] as const) {
      const area = areaOf(box, crop, turn)
      const point = unturned(area.left + area.width / 2, area.top + area.height / 2, turn)
      expect(point.x).toBeCloseTo(flat.left + flat.width / 2)
      expect(point.y).toBeCloseTo(flat.top + flat.height / 2)
    }
  })
})
