/** The findings about weights in VPC Lattice (functions/mechanisms/lattice/ready), with their usual severity. */
export const LATTICE = {
  'side-detached': 'blocks',
  'side-unhealthy': 'blocks',
  'side-unchecked': 'blocks',
  'checks-differ': 'risks',
  'path-beside': 'risks',
} as const;
