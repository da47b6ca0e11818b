import type { AwsEvent, Surroundings } from './aws.ts';
import { Clock } from './clock.ts';
import { createCloudWatch, type CloudWatch } from './cloudwatch/cloudwatch.ts';
import { createEcr, type Ecr } from './ecr.ts';
import { createEcs, type Ecs } from './ecs/ecs.ts';
import { createElb, type Elb } from './elb/elb.ts';
import { Random } from './random.ts';
import { createSns, type Sns } from './sns.ts';

/** The AWS behaviour that matters here, on a virtual clock. Usable without the wire and without the runtime. */
export interface World {
  readonly clock: Clock;
  readonly random: (name: string) => Random;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
  readonly elb: Elb;
  readonly cloudwatch: CloudWatch;
  readonly sns: Sns;
  /** Lets the bus hear what the services emit. Until somebody listens, events are lost, as without rules in AWS. */
  onEvent(listener: (event: AwsEvent) => void): void;
  /** Lets a runtime take what calls a Lambda function directly: alarm actions and SNS subscriptions. */
  onInvoke(listener: (functionArn: string, payload: unknown) => void): void;
}

/**
 * @param seed every random number of the world comes from it
 * @param start the instant at which the virtual clock begins
 */
export function createWorld({ seed, start }: { readonly seed: number; readonly start: string }): World {
  const clock = new Clock(start);
  const random = (name: string): Random => new Random(seed, name);
  const eventListeners: ((event: AwsEvent) => void)[] = [];
  const invokeListeners: ((functionArn: string, payload: unknown) => void)[] = [];
  const invoke = (functionArn: string, payload: unknown): void => {
    for (const listener of invokeListeners) listener(functionArn, payload);
  };
  const surroundings: Surroundings = {
    clock,
    random,
    emit: (event) => {
      for (const listener of eventListeners) listener(event);
    },
  };

  const ecr = createEcr(surroundings);
  const cloudwatch = createCloudWatch(surroundings);
  const elb: Elb = createElb(surroundings, { backends: () => ecs });
  const ecs: Ecs = createEcs(surroundings, { images: ecr, targetGroups: elb, alarms: cloudwatch });
  const sns = createSns(surroundings, invoke);
  cloudwatch.onAction((arn, payload) => {
    if (arn.includes(':sns:')) sns.publish(arn, payload);
    else invoke(arn, payload);
  });

  return {
    clock,
    random,
    ecr,
    ecs,
    elb,
    cloudwatch,
    sns,
    onEvent: (listener) => void eventListeners.push(listener),
    onInvoke: (listener) => void invokeListeners.push(listener),
  };
}
