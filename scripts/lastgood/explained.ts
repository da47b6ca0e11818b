import { CannotSay, WrongUse } from '../command-line/status.ts';

/** The text of DynamoDB's error, and what the SDK throws before it calls. */
const NO_TABLE = 'Requested resource not found';
const NO_REGION = 'Region is missing';

/** Returns an error in the words of the command line, where a person can mend it there. Any other stays as it is. */
export function explained(error: unknown, stage = 'prod'): unknown {
  if (!(error instanceof Error)) return error;
  if (error.message === NO_REGION)
    return new WrongUse('--region or AWS_REGION must name the Region of Lastgood');
  if (error.name === 'ResourceNotFoundException' && error.message.startsWith(NO_TABLE))
    return new CannotSay(`--stage ${stage} has no tables of Lastgood in this account and Region`);
  if (error.name === 'CredentialsProviderError')
    return new CannotSay('no AWS credentials were found: log in, or set AWS_PROFILE');
  return error;
}
