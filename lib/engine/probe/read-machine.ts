import type { Machine } from '#lib/report/machine.ts'

/** What the sample tells of its machine when it is asked: `Machine: page-size 65536`. Foreign words are capped. */
export interface MachineReport {
  readonly pageSizeBytes?: number | undefined
  /** Bits of AT_HWCAP2, the upper half of what POWER tells. */
  readonly hwcap2: number
  /** Of IBM Z: which bits STFLE sets, the first first. */
  readonly facilities?: string | undefined
  readonly uname?: string | undefined
  /** Lines of /proc/cpuinfo; emulators often show the host's. */
  readonly cpuinfo: readonly string[]
  /** Path of what executes programs: the program itself, or an emulator on the engine's machine. */
  readonly executedBy?: string | undefined
  /** `qemu-ppc64le version 7.2.22 (Debian …)`, found in the emulator's own bytes. */
  readonly emulator?: string | undefined
}

const LINE = /^Machine: ([a-z0-9-]+) (.{1,200})$/gm

/** Reads what the sample wrote; what it did not tell is absent. */
export function readMachine(output: string): MachineReport {
  const lines = [...output.matchAll(LINE)].map(([, name = '', value = '']) => [name, value] as const)
  const told = new Map(lines.toReversed())
  const pageSizeBytes = Number(told.get('page-size') ?? Number.NaN)
  return {
    ...(Number.isSafeInteger(pageSizeBytes) ? { pageSizeBytes } : {}),
    hwcap2: Number.parseInt(told.get('hwcap2') ?? '0', 16) || 0,
    facilities: told.get('facilities'),
    uname: told.get('uname'),
    cpuinfo: lines.flatMap(([name, value]) => (name === 'cpuinfo' ? [value] : [])),
    executedBy: told.get('executed-by'),
    emulator: told.get('emulator'),
  }
}

/** What a report keeps of a machine. */
export function describeMachine(
  report: MachineReport,
  architecture: string,
  mode: 'native' | 'emulated',
): Machine {
  const cpu = mode === 'native' ? nativeCpu(report, architecture) : modelOf(report, architecture)?.cpu
  return {
    ...(report.pageSizeBytes === undefined ? {} : { pageSizeBytes: report.pageSizeBytes }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(mode === 'emulated' ? { emulator: emulatorText(report) } : {}),
    ...(report.uname === undefined ? {} : { uname: report.uname }),
  }
}

/** A processor that an emulator can be told to be. */
export interface CpuModel {
  /** As `QEMU_CPU` takes it. */
  readonly model: string
  readonly cpu: string
  /** Rises with each generation of its architecture. */
  readonly level: number
}

/**
 * By architecture, oldest first. For s390x, QEMU refuses most where it lacks their cryptography: which it is, is seen
 * when it is asked.
 */
const CPU_MODELS: Readonly<Record<string, readonly CpuModel[]>> = {
  ppc64le: [
    { model: 'power8', cpu: 'POWER8', level: 8 },
    { model: 'power9', cpu: 'POWER9', level: 9 },
    { model: 'power10', cpu: 'POWER10', level: 10 },
  ],
  s390x: [
    { model: 'z13', cpu: 'z13', level: 13 },
    { model: 'z14', cpu: 'z14', level: 14 },
    { model: 'gen15a', cpu: 'z15', level: 15 },
    { model: 'gen16a', cpu: 'z16', level: 16 },
  ],
}

/** The processors that an emulator of this architecture may be told to be, oldest first; none where none are known. */
export function cpuModels(architecture: string): readonly CpuModel[] {
  return CPU_MODELS[architecture] ?? []
}

/**
 * Which of the models a machine is, by what programs are told they may use; undefined where that is no clear answer.
 * AT_HWCAP2 of POWER: ISA 2.07, 3.00, 3.1. QEMU's own s390x is a mixture of generations and none of them.
 */
export function modelOf(report: MachineReport, architecture: string): CpuModel | undefined {
  const level = architecture === 'ppc64le' ? powerLevel(report.hwcap2) : zLevel(report)
  return cpuModels(architecture).find((each) => each.level === level)
}

function powerLevel(hwcap2: number): number | undefined {
  const has = (bits: number) => Math.floor(hwcap2 / bits) % 2 === 1
  if (has(0x00040000)) return 10
  if (has(0x00800000)) return 9
  return has(0x80000000) ? 8 : undefined
}

/** Vector facility (129), its enhancements 1 (135) with packed decimal (134), 2 (148), packed decimal 2 (192). */
function zLevel({ facilities = '' }: MachineReport): number | undefined {
  const has = (bit: number) => (Number.parseInt(facilities[bit >> 2] ?? '0', 16) >> (3 - (bit & 3))) & 1
  if (!has(129)) return undefined
  const later = [has(134) && has(135), has(148), has(192)]
  // Generations only add: one that has the later and lacks the earlier is a mixture.
  const isMixed = later.some((each, at) => each && !later.slice(0, at).every(Boolean))
  return isMixed ? undefined : 13 + later.filter(Boolean).length
}

const Z_MACHINES: Readonly<Record<string, string>> = {
  '2964': 'z13',
  '2965': 'z13s',
  '3906': 'z14',
  '3907': 'z14 ZR1',
  '8561': 'z15',
  '8562': 'z15 T02',
  '3931': 'z16',
  '3932': 'z16 A02',
  '9175': 'z17',
}

/** What the kernel itself says of a processor that is really there. */
function nativeCpu({ cpuinfo }: MachineReport, architecture: string): string | undefined {
  const stated = (key: RegExp) =>
    cpuinfo
      .find((line) => key.test(line))
      ?.replace(/^[^:]*: */, '')
      .trim() || undefined
  if (architecture === 's390x') {
    const number = /machine = (\d+)/.exec(cpuinfo.join('\n'))?.[1]
    return number && (Z_MACHINES[number] ?? `machine ${number}`)
  }
  if (architecture === 'arm64' || architecture === 'arm') {
    const [implementer, part] = [stated(/^CPU implementer/), stated(/^CPU part/)]
    return implementer && part && `implementer ${implementer}, part ${part}`
  }
  return stated(architecture === 'ppc64le' ? /^cpu / : /^model name/)
}

/** Its version is in its own bytes; where they could not be read, what executed the sample is named. */
function emulatorText({ emulator, executedBy }: MachineReport): string {
  const version = /^qemu-\S+ version (\S.*)$/.exec(emulator ?? '')?.[1]
  if (version !== undefined) return `QEMU ${version}`
  const name = executedBy?.split('/').at(-1)
  // Newer emulators answer for this link as well, and name the program.
  if (name === undefined || name === 'app') return 'an emulator, unknown which'
  return `${name}, version unknown`
}
