// Words of the primitives.
export const uiTexts = {
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  undo: 'Undo',
  isRight: 'Is right',
  edit: 'Edit',
  clearSelection: 'Clear selection',
  selected: (count: number) => `${count.toLocaleString('en-GB')} selected`,
  saying: (source: string, value: string) => `${source} says ${value}`,
  remove: (name: string) => `Remove ${name}`,
  more: (count: number) => `+${count}`,
  requestNumber: (id: string) => `Request ${id}`,
}
