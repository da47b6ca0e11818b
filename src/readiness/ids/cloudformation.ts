/** The findings about stacks of CloudFormation (functions/mechanisms/cloudformation/ready), with their usual severity. */
export const CLOUDFORMATION = {
  'stack-role-missing': 'slows',
  'stack-monitoring-none': 'slows',
  'stack-rollback-off': 'slows',
  'stack-express': 'blocks',
} as const;
