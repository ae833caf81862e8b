// The nonce of this response, with which the styles that Mantine makes at run time are allowed.
import { setNonce } from 'get-nonce'

const placeholder = '__CSP' + '_NONCE__'

export function cspNonce(): string {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return content === placeholder ? '' : content
}

/** Hands the nonce to the libraries that ask `get-nonce` for it. */
export function installNonce(): void {
  const nonce = cspNonce()
  if (nonce !== '') setNonce(nonce)
}
