import { dir001 } from './dir-001.ts'
import { elf001 } from './elf-001.ts'
import { elf002 } from './elf-002.ts'
import { elf003, elf003OnPath } from './elf-003.ts'
import { elf004 } from './elf-004.ts'
import { elf005 } from './elf-005.ts'
import { elf006 } from './elf-006.ts'
import { elf007 } from './elf-007.ts'
import { go001 } from './go-001.ts'
import type { ImageFiles } from './image-files.ts'
import type { ImageSet } from './image-set.ts'
import { meta003Layers } from './meta-003-layers.ts'
import { pkg001 } from './pkg-001.ts'
import { pkg002 } from './pkg-002.ts'
import { pkg003 } from './pkg-003.ts'
import { py001 } from './py-001.ts'
import { type Judgement, judge } from './run-checks.ts'

const OF_IMAGE = [elf002, elf003OnPath, elf004, elf005, elf006, elf007, go001, pkg001, py001, dir001]
const OF_SET = [meta003Layers, pkg002, pkg003]

/** Every check that needs the files of one image, whatever starts in it. */
export const LAYER_CHECK_CODES = [...new Set(OF_IMAGE.map(({ code }) => code))]

/** Runs every check that needs the files of one image. What starts is judged where it could be found in the layers. */
export function runLayerChecks(files: ImageFiles): Judgement {
  const ofStart = files.resolution === undefined ? [] : [elf001, elf003]
  return judge([...ofStart, ...OF_IMAGE], files)
}

/** Runs every check that compares the content of an index’s images. A single image has nothing to be compared with. */
export function runSetChecks(set: ImageSet): Judgement {
  return set.images.length < 2 ? { findings: [], checked: [], unjudged: [] } : judge(OF_SET, set)
}
