/** Owns the uploads of this tab. Stands above the pages, so that uploads go on while somebody reads. */
export function UploadHost() {
  return null
}
