/** The findings about targets of other systems (functions/mechanisms/external/ready), with their usual severity. */
export const EXTERNAL = {
  'source-missing': 'blocks',
  'receiver-missing': 'blocks',
  'deployments-unreported': 'risks',
} as const;
