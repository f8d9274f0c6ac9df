/**
 * A map that forgets what was used longest ago once all it holds weighs more than its capacity. What came last stays,
 * whatever it weighs.
 */
export class WeighedMap<V> {
  private readonly capacity: number
  private readonly held = new Map<string, { readonly value: V; readonly weight: number }>()
  private weight = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get(key: string): V | undefined {
    const found = this.held.get(key)
    if (found === undefined) return undefined
    this.held.delete(key)
    this.held.set(key, found)
    return found.value
  }

  set(key: string, value: V, weight: number): void {
    this.delete(key)
    this.held.set(key, { value, weight })
    this.weight += weight
    for (const oldest of this.held.keys()) {
      if (this.weight <= this.capacity || oldest === key) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    this.weight -= this.held.get(key)?.weight ?? 0
    this.held.delete(key)
  }
}
