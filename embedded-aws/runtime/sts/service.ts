import { callerArn, OPERATOR } from '../../wire/callers.ts';
import { ACCOUNT } from '../../world/aws.ts';
import { Random } from '../../world/random.ts';
import { honouring, type AwsService, type Caller } from '../../world/service.ts';

/**
 * Simulates AWS STS: GetCallerIdentity, which needs no permission. No role can be assumed.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function stsService(): AwsService {
  return {
    signingName: 'sts',
    honoured: honouring({ GetCallerIdentity: '' }),
    operations: {
      GetCallerIdentity: {
        authorize: () => [],
        run: (_input: unknown, { role }: Caller) => ({
          UserId: userId(role),
          Account: ACCOUNT,
          Arn: callerArn(role),
        }),
      },
    },
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function userId(role: string): string {
  const id = new Random(0, `unique id of ${role}`).hex(16).toUpperCase();
  return role === OPERATOR ? `AIDA${id}` : `AROA${id}:${role}`;
}
