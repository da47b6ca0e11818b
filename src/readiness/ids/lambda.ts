/** The findings about aliases of Lambda (functions/mechanisms/lambda/ready), with their usual severity. */
export const LAMBDA = {
  'version-gone': 'blocks',
  'version-not-active': 'slows',
  'concurrency-zero': 'blocks',
  'provisioned-missing': 'slows',
  'provisioned-failed': 'slows',
} as const;
