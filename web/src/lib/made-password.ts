// A password that is easy to read out: four groups, without letters that look alike.

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** `random` gives bytes from a good source. About 79 bits. */
export function madePassword(random: (count: number) => Uint8Array): string {
  let text = ''
  while (text.length < 16) {
    for (const byte of random(32)) {
      // Only whole rounds of the alphabet are taken, so that each letter is as likely.
      if (byte < 248 && text.length < 16) text += letters[byte % letters.length]
    }
  }
  return text.replace(/(.{4})(?=.)/g, '$1-')
}
