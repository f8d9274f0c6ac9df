import { shellQuote } from '#components/ui/shell-quote.ts'
import { type TagList, tagListPath } from '#lib/client/tag-list.ts'

/** The command line and the API call that answer what a list shows. */
export function twinOfList(list: TagList): { cli: string; api: string } {
  const options = [
    ...option('--missing', list.missing),
    ...option('--platform', list.platform),
    ...option('--filter', list.q),
    ...option('--sort', list.sort === 'version' ? undefined : list.sort),
  ]
  return { cli: ['archway tags', shellQuote(list.repository), ...options].join(' '), api: tagListPath(list) }
}

function option(name: string, value: string | undefined): string[] {
  return value ? [`${name} ${shellQuote(value)}`] : []
}
