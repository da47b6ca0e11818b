/** The stack of Lastgood that a verb talks to. */
export interface Place {
  /** Absent: the AWS SDK takes it from the environment. */
  readonly region?: string;
  readonly stage: string;
}

/** Options for parseArgs of node:util. */
export const PLACE_OPTIONS = { region: { type: 'string' }, stage: { type: 'string' } } as const;

interface Given {
  readonly region?: string | undefined;
  readonly stage?: string | undefined;
}

/** Reads `--region` and `--stage`. */
export function readPlace({ region, stage = 'prod' }: Given): Place | { readonly problem: string } {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(stage)) return { problem: '--stage must be letters, digits and hyphens' };
  if (region !== undefined && !/^[a-z0-9-]{1,32}$/.test(region)) return { problem: '--region is not one' };
  return { stage, ...(region !== undefined && { region }) };
}
