/** The platform whose coverage is told in words and has a filter of its own. */
export const TOLD_PLATFORM = 'linux/ppc64le'
