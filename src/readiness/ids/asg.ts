/** The findings about Auto Scaling groups (functions/mechanisms/asg/ready), with their usual severity. */
export const ASG = {
  'version-gone': 'blocks',
  'version-follows': 'risks',
  'image-gone': 'blocks',
  'image-by-parameter': 'risks',
  'process-suspended': 'slows',
  'checks-ignore-balancer': 'slows',
  'grace-misfit': 'slows',
  'refresh-takes-capacity': 'risks',
  'refresh-unwatched': 'risks',
  'drain-none': 'slows',
} as const;
