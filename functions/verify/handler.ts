import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { now } from '../../src/lambda/now.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createClaims } from '../../src/ledger/dynamodb.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import { alarms } from './alarms.ts';
import { errors } from './errors.ts';
import { probes } from './probes.ts';
import { prometheus } from './prometheus.ts';
import { createChecks } from './prometheus-checks.ts';
import { createQuery } from './prometheus-query.ts';
import { targetHealth } from './target-health.ts';
import { verify } from './verify.ts';
import { wayBack } from './way-back.ts';

const elb = new ElasticLoadBalancingV2Client(clientOptions);
const cloudwatch = new CloudWatchClient(clientOptions);
const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const claims = createClaims(tables, setting('CLAIMS_TABLE'));
const sources = [
  wayBack,
  targetHealth(elb),
  alarms(cloudwatch, claims),
  errors({ elb, cloudwatch, now }),
  probes(fetch),
  prometheus(createChecks(readParameters, setting('PROMETHEUS_SETTINGS')), createQuery(fetch)),
];

export const handler = steps({
  verify: { adds: 'health', run: ({ rollback }) => verify(rollback as InReversion, sources, now()) },
});
