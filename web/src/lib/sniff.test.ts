import { describe, expect, it } from 'vitest'
import { contentOf } from './sniff'

const bytes = (text: string) => new TextEncoder().encode(text)
const check = (text: string) => contentOf(bytes(text), text.length)

describe('the content of a file', () => {
  it('knows a PDF by its mark, also after other bytes', () => {
    expect(check('%PDF-1.4\n%âãÏÓ')).toBe('pdf')
    expect(check(`Received: by mail\n${'x'.repeat(900)}%PDF-1.7`)).toBe('pdf')
    expect(check(`${'x'.repeat(1100)}%PDF-1.7`)).toBe('other')
  })

  it('knows a web page, with mark, comment or prologue before it', () => {
    for (const page of [
      '<!DOCTYPE html><html>',
      '  \n<html lang="en">',
      '\ufeff<!doctype html>',
      '<!-- saved --> <HTML>',
      '<?xml version="1.0"?>\n<html>',
    ]) {
      expect(check(page), page).toBe('web_page')
    }
  })

  it('knows an empty file and leaves the rest', () => {
    expect(contentOf(new Uint8Array(), 0)).toBe('empty')
    expect(check('just some notes')).toBe('other')
    expect(check('PK\u0003\u0004')).toBe('other')
  })
})
