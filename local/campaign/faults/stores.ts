import fc from 'fast-check';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { unavailable } from './calls.ts';
import { chanceOf, share } from './chance.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const nothing = fc.constant({});

/** Services that Lastgood stands on, and those that it asks for evidence. */
export const stores: readonly Fault[] = [
  without('tables-unavailable', incidents(1), ({ service }) => service === 'dynamodb'),
  without(
    'parameters-unavailable',
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html',
    ({ service }) => service === 'ssm',
  ),
  without(
    'tagging-unavailable',
    'https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/CommonErrors.html',
    ({ service }) => service === 'tagging',
  ),
  without(
    'executions-refused',
    'https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html',
    ({ operation }) => operation === 'StartExecution',
  ),
  without('metrics-unreadable', incidents(2), ({ service }) => service === 'monitoring'),
  without(
    'logs-unavailable',
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html',
    ({ service }) => service === 'logs',
  ),
  without(
    'registry-unavailable',
    'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html',
    ({ service }) => service === 'ecr',
  ),
  without('bus-away', incidents(2), ({ operation }) => operation === 'PutEvents'),
  {
    name: 'tables-throttled',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html',
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'tables-throttled', given['share']);
      return night.stage.runtime.wire.troubles.refuse(({ service }) =>
        service === 'dynamodb' && strikes()
          ? new AwsError('ProvisionedThroughputExceededException', 'injected by the story')
          : null,
      );
    },
  },
  {
    name: 'tables-read-stale',
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html',
    draws: fc.record({ lagSeconds: fc.integer({ min: 1, max: 5 }) }),
    begin: ({ stage }, given) =>
      stage.runtime.wire.troubles.stale(({ service }) => service === 'dynamodb', Number(given['lagSeconds'])),
  },
  {
    name: 'trail-late',
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html',
    draws: nothing,
    begin({ stage }) {
      const { cloudtrail } = stage.world;
      const before = cloudtrail.delay;
      cloudtrail.delay = { min: 3600, max: 7200 };
      return () => {
        cloudtrail.delay = before;
      };
    },
  },
];

interface Called {
  readonly service: string;
  readonly operation: string;
}

/** A fault that refuses calls as unavailable. */
function without(name: string, source: string, which: (call: Called) => boolean): Fault {
  return {
    ...{ name, source, draws: nothing },
    begin: ({ stage }) => stage.runtime.wire.troubles.refuse((call) => (which(call) ? unavailable() : null)),
  };
}
