/** Makes the compiler prove that a `switch` over a union is complete. Reached only if the types lied. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected variant: ${JSON.stringify(value)}`)
}
