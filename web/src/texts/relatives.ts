// Words about versions and supplements of a paper.
export const relativeTexts = {
  heading: 'Versions and supplements',
  why: (looks: 'published' | 'preprint' | 'version' | 'supplement_of' | 'supplemented_by') =>
    ({
      published: 'Same title and first author. This looks like what was published of the preprint:',
      preprint: 'Same title and first author. This looks like the preprint of the paper:',
      version: 'This looks like another version of the paper:',
      supplement_of: 'This looks like a supplement of:',
      supplemented_by: 'This looks like a supplement of the paper:',
    })[looks],
  link: 'Link as versions',
  linked: 'Linked as versions',
  unlink: 'Unlink',
  attach: 'Attach as supplement',
  attached: 'Attached as supplement',
  takeOut: 'Take out again',
  refuse: 'Not related',
  refused: 'Not offered again',
}
