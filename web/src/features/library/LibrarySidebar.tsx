/** Libraries and collections of the signed-in person, in the sidebar. */
export function LibrarySidebar() {
  return null
}
