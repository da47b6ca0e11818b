import { AwsError } from '../world/service.ts';
import type { Malformed } from './codec/malformed.ts';
import type { ServiceModel } from './models.ts';

/**
 * Each service's refusal of an input without a required member. The codes are those of each service's API reference.
 * Not all messages are documented, so no code should depend on them.
 */
const MISSING: Readonly<Record<string, (path: string) => AwsError>> = {
  ecs: (path) => new AwsError('InvalidParameterException', `${path} cannot be empty.`),
  ecr: (path) =>
    new AwsError(
      'InvalidParameterException',
      `Invalid parameter at '${path}' failed to satisfy constraint: 'must not be null'`,
    ),
  monitoring: (path) =>
    new AwsError('MissingRequiredParameterException', `The parameter ${path} is required.`),
  sqs: (path) => new AwsError('MissingParameter', `The request must contain the parameter ${path}.`),
};

function missing(path: string): AwsError {
  const member = path.charAt(0).toLowerCase() + path.slice(1);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** Returns a service's error for a malformed input. */
export function refusalOf(malformed: Malformed, { signingName }: ServiceModel): AwsError {
  if (malformed.problem === 'missing') return (MISSING[signingName] ?? missing)(malformed.path);
  return new AwsError('SerializationException', malformed.message);
}
