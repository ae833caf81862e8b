import { expect, it } from 'vitest'
import { browserName, isHandheld } from './browsers'

it('names browsers in words', () => {
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox on Linux')
  expect(
    browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'),
  ).toBe('Edge on Windows')
  expect(browserName('curl/8.5')).toBe('curl/8.5')
  expect(browserName('')).toBe('A program')
  expect(isHandheld('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1')).toBe(true)
})
