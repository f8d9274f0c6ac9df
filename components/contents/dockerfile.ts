import { historyLine } from '#components/image/history-line.ts'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import { harmlessText } from './harmless-text.ts'

const LINE_MAX_LENGTH = 2_000
const STEPS_MAX = 500

/**
 * A Dockerfile as far as history tells it. What it cannot tell stands in comments: where the base image ends, what was
 * copied, steps without a line. Characters that would hide something are written as their code point.
 */
export function dockerfileOf(history: ImagePlatformDto['history'], base: string | undefined): string {
  const lines = [
    '# Put together from the image’s history; not the file it was built from.',
    base === undefined
      ? '# Not known: the base image. Its steps are among those below, from the first on.'
      : `# The image says it is based on ${harmless(base)}; those steps are among the ones below.`,
    '# Not known: files of the build context, other stages, build arguments and secrets.',
    'FROM scratch',
    ...history.slice(0, STEPS_MAX).map(stepLine),
  ]
  if (history.length === 0) lines.push('# The image brings no history.')
  if (history.length > STEPS_MAX) lines.push(`# and ${history.length - STEPS_MAX} more steps`)
  return lines.join('\n')
}

function stepLine({ createdBy, layer }: ImagePlatformDto['history'][number]): string {
  if (createdBy === undefined || createdBy.trim() === '') {
    return layer === undefined
      ? '# a step that says nothing'
      : `# layer ${layer + 1}: a step that says nothing`
  }
  const { instruction, rest } = historyLine(createdBy)
  const text = harmless(`${instruction} ${rest}`.trim())
  if (instruction === '') return `# not a Dockerfile’s instruction: ${text}`
  const cut = createdBy.length > LINE_MAX_LENGTH ? '\n# the line above is cut' : ''
  const from = /^(?:ADD|COPY) (?:file|dir|multi):/.test(text)
    ? '# the file’s name in the build context was not kept\n'
    : ''
  return `${from}${text}${cut}`
}

function harmless(text: string): string {
  return harmlessText(text.replaceAll(/\s+/g, ' '), LINE_MAX_LENGTH)
}
