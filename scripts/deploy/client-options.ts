/** Returns client options with short timeouts: a person waits, and AWS may be out of reach. */
export function clientOptions(region: string) {
  return { region, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 } };
}
