/** The findings about weights of listeners and rules (functions/mechanisms/elb/ready), with their usual severity. */
export const ELB = {
  'side-detached': 'blocks',
  'side-unhealthy': 'blocks',
  'side-grows': 'slows',
  'side-cannot-grow': 'risks',
  'checks-differ': 'risks',
  'sticky-too-long': 'risks',
  'drain-none': 'risks',
} as const;
