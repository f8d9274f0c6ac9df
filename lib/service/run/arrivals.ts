/** Tells those who wait for results from elsewhere that one is in the store. */
export class Arrivals {
  private readonly waiting = new Map<string, PromiseWithResolvers<void>>()

  /** Resolves when a result for this platform arrives, or has arrived. */
  of(platform: string): Promise<void> {
    return this.entry(platform).promise
  }

  /** A result for this platform is kept. */
  tell(platform: string): void {
    this.entry(platform).resolve()
  }

  private entry(platform: string): PromiseWithResolvers<void> {
    const entry = this.waiting.get(platform) ?? Promise.withResolvers<void>()
    this.waiting.set(platform, entry)
    return entry
  }
}
