/** The image that comes with Archway: an OCI layout for four platforms, readable with no registry and no internet. */
export const SAMPLE_REFERENCE = 'oci:samples/multiarch-app'
