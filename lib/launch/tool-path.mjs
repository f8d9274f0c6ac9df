import { realpathSync } from 'node:fs'
import { inProject } from './place.mjs'

/**
 * The script behind an installed command, to be run by the Node of our choice.
 * @param {string} name such as `next`
 */
export function toolPath(name) {
  return realpathSync(inProject('node_modules', '.bin', name))
}
