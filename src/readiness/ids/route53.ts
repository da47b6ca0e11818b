/** The findings about weighted records (functions/mechanisms/route53/ready), with their usual severity. */
export const ROUTE53 = {
  'record-gone': 'blocks',
  'health-check-red': 'blocks',
  'health-check-unknown': 'unknown',
  'health-check-missing': 'risks',
  'ttl-long': 'slows',
  'ttl-unknown': 'risks',
} as const;
