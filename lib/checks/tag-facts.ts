/** What a tag points at, as far as coverage goes. */
export interface TaggedImage {
  readonly digest: string
  readonly kind: 'index' | 'image' | 'artifact'
  /** Canonical texts. */
  readonly platforms: readonly string[]
}

/** Something to compare a tag with. `what` names it for people: a tag, or “latest as of 2026-05-01”. */
export type Baseline =
  | ({ readonly state: 'read'; readonly what: string } & TaggedImage)
  | { readonly state: 'unread'; readonly what: string }
  | { readonly state: 'none' }

/** What a repository's other tags, and a tag's own past, tell of it. */
export interface TagFacts {
  readonly tag: string
  readonly image: TaggedImage
  /** The digest that the tag had before this one. */
  readonly before: Baseline
  /** The version before this one. */
  readonly earlier: Baseline
  /** The newest version below a floating tag: `latest`, `1`, `1.27`. Undefined for a tag that does not float. */
  readonly newest: Baseline | undefined
  /** `TAG-ARCH` tags of this tag. */
  readonly archTags: readonly { readonly name: string; readonly platform: string }[]
  /** It names an architecture itself, so it holds one on purpose. */
  readonly isArchTag: boolean
}
