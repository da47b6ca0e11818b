/** The findings about CodeDeploy deployment groups (functions/mechanisms/codedeploy/ready), with their usual severity. */
export const CODEDEPLOY = {
  'bundle-gone': 'blocks',
  'bundle-unknown': 'unknown',
  'rollback-off': 'risks',
  'deployment-alarms-off': 'risks',
  'all-at-once': 'slows',
  'blue-ends-early': 'slows',
  'deployment-open': 'slows',
  'instances-missed': 'risks',
  'drain-none': 'slows',
} as const;
