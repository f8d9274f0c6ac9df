/** What Next gives a page of its address. */
export type PageSearch = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>

/** The query of a page's address. */
export async function readSearch(search: PageSearch): Promise<URLSearchParams> {
  const pairs = Object.entries(await search).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => (one === undefined ? [] : [[name, one]])),
  )
  return new URLSearchParams(pairs)
}
