import { describe, expect, it } from 'vitest'
import { fold, foldVariants } from './fold'

describe('fold', () => {
  it.each([
    ['séance', 'seance'],
    ['SE\u0301ANCE', 'seance'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['ΓΆΜΜΑΣ', 'γαμμασ'],
    ['İstanbul', 'istanbul'],
    ['ışık', 'isik'],
    ['ё', 'е'],
    ['ﬁnd', 'find'],
    ['over\u00adestimate', 'overestimate'],
    ['한국어', '한국어'],
    ['か\u3099', 'が'],
    ['ﾊﾟ', 'パ'],
    ['हिन्दी', 'हिन्दी'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('also tries letters written out', () => {
    expect(foldVariants('Müller')).toEqual(['muller', 'mueller'])
    expect(foldVariants('Miller')).toEqual(['miller'])
  })
})
