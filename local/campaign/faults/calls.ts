import fc from 'fast-check';
import { AwsError, isRead } from '@lastgood/embedded-aws/world/service.ts';
import { chanceOf, share } from './chance.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';
import { serviceOf } from './services.ts';

/** The time after which Lastgood's clients give a call up. */
const CLIENTS_LIMIT_SECONDS = 5;

const service = fc.constantFrom(
  ...['apigateway', 'appconfig', 'autoscaling', 'cloudformation', 'cloudtrail', 'codedeploy'],
  ...['codepipeline', 'ec2', 'ecs', 'elasticloadbalancing', 'lambda', 'monitoring', 'route53'],
  ...['s3', 'sts', 'tagging', 'vpc-lattice'],
);

/** Calls that AWS answers badly, late or not at all. */
export const calls: readonly Fault[] = [
  {
    name: 'service-unavailable',
    source: incidents(2),
    draws: fc.record({ service }),
    begin: ({ stage }, { service: of }) =>
      stage.runtime.wire.troubles.refuse((call) => (call.service === of ? unavailable() : null)),
  },
  {
    name: 'target-service-unavailable',
    source: incidents(2),
    draws: fc.constant({}),
    begin: (night) =>
      night.stage.runtime.wire.troubles.refuse((call) =>
        call.service === serviceOf(night) ? unavailable() : null,
      ),
  },
  {
    name: 'writes-refused',
    source: incidents(12),
    draws: fc.constant({}),
    begin: (night) =>
      night.stage.runtime.wire.troubles.refuse((call) =>
        call.service === serviceOf(night) && !isRead(call.operation) ? unavailable() : null,
      ),
  },
  {
    name: 'calls-fail-now-and-then',
    source: 'https://docs.aws.amazon.com/general/latest/gr/api-retries.html',
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'calls-fail-now-and-then', given['share']);
      return night.stage.runtime.wire.troubles.refuse(() =>
        strikes() ? new AwsError('InternalFailure', 'injected by the story', 500) : null,
      );
    },
  },
  {
    name: 'answers-lost',
    source: 'https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/',
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'answers-lost', given['share']);
      return night.stage.runtime.wire.troubles.silence((call) =>
        !isRead(call.operation) && strikes() ? { seconds: CLIENTS_LIMIT_SECONDS, isDone: true } : null,
      );
    },
  },
  {
    name: 'calls-hang',
    source: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    draws: fc.record({ service, share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'calls-hang', given['share']);
      return night.stage.runtime.wire.troubles.silence((call) =>
        call.service === given['service'] && strikes()
          ? { seconds: CLIENTS_LIMIT_SECONDS, isDone: false }
          : null,
      );
    },
  },
  {
    name: 'slow-calls',
    source: incidents(2),
    draws: fc.record({ callSeconds: fc.double({ min: 0.2, max: 4.8, noNaN: true }) }),
    begin: ({ stage }, given) => stage.runtime.wire.troubles.slow(() => Number(given['callSeconds'])),
  },
  {
    name: 'stale-reads',
    source: 'https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html',
    draws: fc.record({ lagSeconds: fc.integer({ min: 2, max: 45 }) }),
    begin: (night, given) =>
      night.stage.runtime.wire.troubles.stale(
        (call) => call.service === serviceOf(night),
        Number(given['lagSeconds']),
      ),
  },
  {
    name: 'weights-read-stale',
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1433',
    draws: fc.record({ lagSeconds: fc.integer({ min: 2, max: 20 }) }),
    begin: ({ stage }, given) =>
      stage.runtime.wire.troubles.stale(
        (call) => call.service === 'elasticloadbalancing',
        Number(given['lagSeconds']),
      ),
  },
];

export function unavailable(): AwsError {
  return new AwsError('ServiceUnavailable', 'injected by the story', 503);
}
