/** Runs work at most once at a time per key: who asks meanwhile gets the same promise. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>()

  /** Joins the work under way for `key`, or starts it. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const underWay = this.#flights.get(key)
    if (underWay !== undefined) return underWay
    const flight = work().finally(() => this.#flights.delete(key))
    this.#flights.set(key, flight)
    return flight
  }
}
