import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory of a process and all its descendants, in bytes, summed as `ps` shows it (shared pages count twice). */
export function treeMemoryBytes(rootPid: number): number {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const status = readStatus(pid)
    if (status) parents.set(pid, status.parentPid)
  }
  const tree = new Set<number>([rootPid])
  for (let grew = true; grew; ) {
    grew = false
    for (const [pid, parent] of parents) {
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid)
        grew = true
      }
    }
  }
  return [...tree].reduce((sum, pid) => sum + (readStatus(pid)?.residentBytes ?? 0), 0)
}

/** Samples the tree's memory until stopped; answers the highest seen. */
export function watchTreeMemory(rootPid: number): { stop(): number } {
  let highest = treeMemoryBytes(rootPid)
  const timer = setInterval(() => {
    highest = Math.max(highest, treeMemoryBytes(rootPid))
  }, 50)
  return {
    stop() {
      clearInterval(timer)
      return highest
    },
  }
}

/** Undefined for a process that has just ended. */
function readStatus(pid: number): { parentPid: number; residentBytes: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0)
    return { parentPid: Number(/^PPid:\s+(\d+)$/m.exec(text)?.[1]), residentBytes: kilobytes * 1024 }
  } catch {
    return undefined
  }
}
