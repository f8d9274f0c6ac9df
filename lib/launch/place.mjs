import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Archway's own folder: the checkout that this file lies in. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/**
 * A path inside Archway's own folder.
 * @param {...string} parts
 */
export function inProject(...parts) {
  return path.join(projectRoot, ...parts)
}
