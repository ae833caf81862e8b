// The Mantine theme: the product's tokens under Mantine's names.
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'
import { createTheme, rem } from '@mantine/core'

const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** A scale of the tokens as a Mantine colour. */
function scale(name: string): MantineColorsTuple {
  const [a, b, c, d, e, f, g, h, i, j] = steps.map((step) => `var(--${name}-${step})`)
  return [a!, b!, c!, d!, e!, f!, g!, h!, i!, j!]
}

export const theme = createTheme({
  colors: {
    murex: scale('murex'),
    verdigris: scale('verdigris'),
    ochre: scale('ochre'),
    cinnabar: scale('cinnabar'),
    lapis: scale('lapis'),
    gray: scale('gray'),
    dark: scale('dark'),
  },
  primaryColor: 'murex',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: '#272521',
  autoContrast: false,
  fontFamily: 'var(--sk-font-ui)',
  fontFamilyMonospace: 'var(--sk-font-mono)',
  headings: {
    fontFamily: 'var(--sk-font-title)',
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(22), lineHeight: rem(28) },
      h2: { fontSize: rem(20), lineHeight: rem(26) },
      h3: { fontSize: rem(16), lineHeight: rem(24) },
      h4: { fontSize: rem(13), lineHeight: rem(20) },
    },
  },
  fontSizes: { xs: rem(11), sm: rem(12), md: rem(13), lg: rem(14), xl: rem(16) },
  lineHeights: { xs: rem(16), sm: rem(16), md: rem(20), lg: rem(22), xl: rem(24) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(3), sm: rem(5), md: rem(7), lg: rem(10), xl: rem(14) },
  defaultRadius: 'sm',
  shadows: { sm: 'var(--sk-sh-1)', md: 'var(--sk-sh-2)', lg: 'var(--sk-sh-3)' },
  breakpoints: { xs: '40em', sm: '48em', md: '60em', lg: '75em', xl: '90em' },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
})

const roles = {
  '--mantine-color-body': 'var(--sk-surface)',
  '--mantine-color-text': 'var(--sk-text)',
  '--mantine-color-dimmed': 'var(--sk-text-3)',
  '--mantine-color-default-border': 'var(--sk-border-strong)',
  '--mantine-color-error': 'var(--sk-err)',
  '--mantine-color-placeholder': 'var(--sk-text-3)',
  '--mantine-primary-color-filled-hover': 'var(--sk-accent-hover)',
} as const

/** Points Mantine's own variables at the roles, in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: roles,
  dark: roles,
})
