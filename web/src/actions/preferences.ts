// Choices of this browser about keys.
const singleKeysName = 'scrollkeeper.single-keys'

/** Whether single letters act; some people and some aids for speech need them off. */
export function singleKeysAct(): boolean {
  try {
    return window.localStorage.getItem(singleKeysName) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeysAct(on: boolean): void {
  try {
    window.localStorage.setItem(singleKeysName, on ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}
