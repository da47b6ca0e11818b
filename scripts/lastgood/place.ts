import { WrongUse } from '../command-line/status.ts';

/** The stack of Lastgood that a verb calls. */
export interface Place {
  /** Absent: the AWS SDK takes it from the environment. */
  readonly region?: string;
  readonly stage: string;
  /** No stage was given. */
  readonly isDefaultStage?: true;
  /** URL that answers for all AWS services, such as the embedded AWS. Absent: AWS itself. */
  readonly endpoint?: string;
}

interface Given {
  readonly region?: string | undefined;
  readonly stage?: string | undefined;
  readonly endpoint?: string | undefined;
}

/**
 * Reads `--region`, `--stage` and `--endpoint`.
 * @throws WrongUse
 */
export function readPlace({ region, stage: given, endpoint }: Given): Place {
  const stage = given ?? 'prod';
  if (!/^[A-Za-z0-9-]{1,64}$/.test(stage)) throw new WrongUse('--stage must be letters, digits and hyphens');
  if (region !== undefined && !/^[a-z0-9-]{1,32}$/.test(region))
    throw new WrongUse('--region must be the name of a Region, such as eu-west-1');
  if (endpoint !== undefined && !isUrl(endpoint))
    throw new WrongUse('--endpoint must be a URL of http or https');
  return {
    stage,
    ...(given === undefined && { isDefaultStage: true }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
