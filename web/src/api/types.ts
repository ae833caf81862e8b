// Short names for what the API's document describes.
import type { components, paths } from './schema.gen'

export type Schemas = components['schemas']

export type LibraryId = number
export type ItemKey = string
export type LibraryRole = Library['role']
export type ServerRole = User['role']

export type User = Schemas['User']
export type UserPatch = Schemas['UserPatch']
export type Session = Schemas['Session']
export type Library = Schemas['Library']
export type Member = Schemas['Member']
export type Creator = Schemas['Creator']

export type Item = Schemas['Item']
export type ItemFile = Schemas['File']
export type FileState = ItemFile['state']
/** How far this person is with a paper. */
export type ReadMark = Schemas['ReadMark']

/** A version or supplement of a paper, linked or offered. */
export type Relative = Schemas['Relative']

export type Collection = Schemas['Collection']
/** Counts of a whole library, for the sidebar. */
export type Facets = Schemas['Facets']

export type Passage = Schemas['Passage']
export type SearchHit = Schemas['Hit']
export type SearchAnswer = Schemas['SearchPage']

export type Job = Schemas['Job']
export type JobState = Job['state']
export type JobList = Schemas['JobPage']

/** A browser in which somebody is signed in. */
export type Browser = Schemas['Browser']
export type Token = Schemas['Token']
/** An address or account that was stopped for too many wrong passwords. */
export type Ban = Schemas['Ban']

type Read<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

/** `GET …/outline`. */
export type Outline = Read<'/api/v1/libraries/{library}/items/{key}/outline'>
/** `GET …/layout?pages=`. */
export type Layout = Read<'/api/v1/libraries/{library}/items/{key}/layout'>
/** `GET` and `PUT …/position`. */
export type ReadingPosition = Schemas['Position']
/** An upload that has not ended. */
export type PendingUpload = Read<'/api/v1/uploads'>['items'][number]
