import { checkPattern } from '../events/check-pattern.ts';
import { busName } from './identities.ts';
import type { BusPolicy, Rule, Statement, Target } from './stack.ts';
import type { Resource } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html: 24 hours, 185 times. */
const RETRY = { maxAgeSeconds: 86_400, attempts: 185 };

/** Returns a rule; null if it is disabled. */
export function ruleOf({ name, properties, attributes }: Resource): Rule | null {
  if (properties['State'] === 'DISABLED') return null;
  const { EventPattern: pattern, ScheduleExpression: schedule } = properties;
  const targets = (properties['Targets'] ?? []) as readonly Json[];
  return {
    name,
    arn: attributes['Arn'] ?? '',
    bus: busName(properties['EventBusName']),
    ...(typeof pattern === 'object' && pattern !== null && { pattern: checked(pattern as Json) }),
    ...(typeof schedule === 'string' && { schedule }),
    targets: targets.map(targetOf),
  };
}

/** @throws AwsError InvalidEventPatternException */
function checked(pattern: Json): Json {
  checkPattern(pattern);
  return pattern;
}

/** Returns a target in the shape that CloudFormation and PutTargets share. */
export function targetOf(target: Json): Target {
  const retry = (target['RetryPolicy'] ?? {}) as {
    readonly MaximumEventAgeInSeconds?: number;
    readonly MaximumRetryAttempts?: number;
  };
  const dead = (target['DeadLetterConfig'] as Json | undefined)?.['Arn'];
  const { RoleArn: role, Input: input, InputPath: inputPath, InputTransformer: transformer } = target;
  return {
    id: String(target['Id']),
    arn: String(target['Arn']),
    ...(typeof role === 'string' && { roleArn: role }),
    ...(typeof input === 'string' && { input }),
    ...(typeof inputPath === 'string' && { inputPath }),
    ...(typeof transformer === 'object' && {
      inputTransformer: transformer as NonNullable<Target['inputTransformer']>,
    }),
    ...(isRecord(target['HttpParameters']) && { http: httpOf(target['HttpParameters']) }),
    retry: {
      maxAgeSeconds: retry.MaximumEventAgeInSeconds ?? RETRY.maxAgeSeconds,
      attempts: retry.MaximumRetryAttempts ?? RETRY.attempts,
    },
    ...(typeof dead === 'string' && { deadLetters: dead }),
  };
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** @throws Error for path parameters, which are not modelled */
function httpOf(parameters: Json): NonNullable<Target['http']> {
  const { HeaderParameters = {}, QueryStringParameters = {}, ...other } = parameters;
  const [unknown] = Object.keys(other);
  if (unknown !== undefined) throw new Error(`${unknown} of a target is not modelled`);
  return {
    headers: HeaderParameters as Readonly<Record<string, string>>,
    query: QueryStringParameters as Readonly<Record<string, string>>,
  };
}

export function busPolicyOf({ properties }: Resource): BusPolicy {
  return {
    bus: busName(properties['EventBusName']),
    statement: properties['Statement'] as Statement,
  };
}
