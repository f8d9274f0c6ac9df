import type { Elf } from './elf.ts'
import type { ElfDetails } from './elf-details.ts'

/** What a kernel would make of a file that is more than data. */
export type ProgramFacts =
  | ({
      readonly kind: 'elf'
      /** Its first bytes alone were read: what lies further back (libraries, Go, jemalloc) was not looked for. */
      readonly isPartial?: true
    } & Elf &
      ElfDetails)
  | { readonly kind: 'broken-elf'; readonly reason: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument?: string }
  | { readonly kind: 'broken-script'; readonly reason: string }
  | { readonly kind: 'pe' | 'mach-o' | 'java-class' | 'wasm' }
