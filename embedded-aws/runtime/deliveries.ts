import type { Clock } from '../world/clock.ts';
import type { Taker } from './events/delivery.ts';
import {
  deadLetterAttributes,
  invocationRecord,
  type AsyncInvocations,
  type Failure,
} from './lambda/async.ts';
import type { Lambda } from './lambda/lambda.ts';
import type { Losses } from './losses.ts';
import type { Queues } from './queues/queues.ts';
import { mayInvoke, policyAllows } from './resource-policy.ts';
import type { Stack } from './stack/stack.ts';

const EVENTS = 'events.amazonaws.com';

/** Returns the modelled targets of rules, by the service in their ARN. */
export function takersOf(
  stack: Stack,
  lambda: Lambda,
  invocations: AsyncInvocations,
  queues: Queues,
  apiDestination: Taker,
): Readonly<Record<string, Taker>> {
  return {
    // Buses as targets are not modelled.
    events: apiDestination,
    // EventBridge invokes Lambda asynchronously: https://docs.aws.amazon.com/lambda/latest/dg/services-eventbridge.html
    lambda: (target, rule, input) => {
      const found = lambda.find(target.arn);
      if (found === null) return { code: 'NO_RESOURCE', message: `There is no function ${target.arn}.` };
      if (!mayInvoke(stack.permissions, { principal: EVENTS, resource: found.arn, sourceArn: rule.arn })) {
        return {
          code: 'NO_PERMISSIONS',
          message: `The function's policy does not let ${rule.arn} invoke it.`,
        };
      }
      invocations.take(found, input);
      return null;
    },
    sqs: (target, rule, input) => {
      const queue = queues.find(target.arn);
      if (queue === null) return { code: 'NO_RESOURCE', message: `There is no queue ${target.arn}.` };
      const call = {
        principal: EVENTS,
        action: 'sqs:SendMessage',
        resource: target.arn,
        sourceArn: rule.arn,
      };
      if (!policyAllows(queue.policies, call))
        return { code: 'NO_PERMISSIONS', message: `The queue's policy does not let ${rule.arn} in.` };
      queues.send(queue, JSON.stringify(input));
      return null;
    },
  };
}

/** Refuses a stack whose rules have unsupported targets. */
export function refuseOtherTargets({ rules }: Stack, takers: Readonly<Record<string, Taker>>): void {
  const targets = rules.flatMap(({ name, targets: all }) => all.map(({ arn }) => ({ name, arn })));
  const other = targets.find(
    ({ arn }) => !Object.hasOwn(takers, arn.split(':')[2] ?? '') || arn.includes(':event-bus/'),
  );
  if (other !== undefined) throw new Error(`rule ${other.name}: the target ${other.arn} is not modelled`);
}

export interface FailureOptions {
  readonly queues: Queues;
  readonly clock: Clock;
  readonly authorize: (role: string, action: string, resource: string) => Promise<void>;
  readonly losses: Losses;
}

/**
 * Sends an event that a function finally failed to its on-failure destination and its dead-letter queue, as its role
 * allows.
 */
export function keepFailure({
  queues,
  clock,
  authorize,
  losses,
}: FailureOptions): (failure: Failure) => void {
  const send = async (
    failure: Failure,
    arn: string,
    body: object,
    attributes: Record<string, string> = {},
  ): Promise<void> => {
    const queue = queues.find(arn);
    if (queue === null) {
      losses.add(`event of ${failure.lambda.name}`, `there is no queue ${arn}`);
      return;
    }
    try {
      await clock.holding(() => authorize(failure.lambda.role, 'sqs:SendMessage', arn));
      queues.send(queue, JSON.stringify(body), attributes);
    } catch (error) {
      losses.add(`event of ${failure.lambda.name}`, error instanceof Error ? error.message : String(error));
    }
  };
  return (failure) => {
    const { onFailure, deadLetters } = failure.lambda.async;
    if (onFailure === undefined && deadLetters === undefined)
      losses.add(`event of ${failure.lambda.name}`, `failed: ${failure.error.errorType}`);
    if (onFailure !== undefined) void send(failure, onFailure, invocationRecord(failure, clock.iso()));
    if (deadLetters !== undefined)
      void send(failure, deadLetters, failure.event as object, deadLetterAttributes(failure));
  };
}

/** Returns the handler of direct invocations. The function's policy must allow the calling service. */
export function directInvocations(
  stack: Stack,
  lambda: Lambda,
  invocations: AsyncInvocations,
  losses: Losses,
): (functionArn: string, payload: unknown) => void {
  return (functionArn, payload) => {
    const found = lambda.find(functionArn);
    if (found === null) {
      losses.add(`invocation of ${functionArn}`, 'there is no such function');
      return;
    }
    const source = sourceOf(payload);
    if (mayInvoke(stack.permissions, { ...source, resource: found.arn })) {
      invocations.take(found, payload);
      return;
    }
    losses.add(
      `invocation of ${found.name}`,
      `its policy does not let ${source.principal} invoke it for ${source.sourceArn}`,
    );
  };
}

/**
 * Returns the service that invokes a function with this payload, and its source: an alarm's action or an SNS
 * subscription. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
function sourceOf(payload: unknown): { readonly principal: string; readonly sourceArn: string } {
  const { alarmArn, Records } = payload as {
    alarmArn?: string;
    Records?: readonly { readonly Sns?: { readonly TopicArn: string } }[];
  };
  if (alarmArn !== undefined)
    return { principal: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarmArn };
  return { principal: 'sns.amazonaws.com', sourceArn: Records?.[0]?.Sns?.TopicArn ?? '' };
}
