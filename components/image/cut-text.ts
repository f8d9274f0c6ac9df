/** The beginning of a text, at most `maxLength` UTF-16 units, no character split in two. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const isInsidePair = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1))
  return text.slice(0, isInsidePair ? maxLength - 1 : maxLength)
}
