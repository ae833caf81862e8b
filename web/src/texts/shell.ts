// Words of the frame around every page.
export const shellTexts = {
  product: 'ScrollKeeper',
  loading: 'Loading',
}
