import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ownCredentials } from '../../src/aws/own-credentials.ts';
import { createParameters } from '../../src/aws/parameters.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createTurns } from '../../src/lambda/turns.ts';
import { createClaims } from '../../src/ledger/dynamodb.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { asInReversion } from '../../src/rollback/doors.ts';
import { network } from '../../src/lambda/network.ts';
import { hostsOf } from '../../src/lambda/hosts.ts';
import { alarms, readAlarms } from './alarms.ts';
import { createAsk } from '../../src/lambda/ask.ts';
import { balancersOf, withBalancers } from './balancers.ts';
import { errors } from './errors.ts';
import { withHarm } from './harm.ts';
import { probes } from './probes.ts';
import { prometheus } from './prometheus.ts';
import { createChecks } from './prometheus-checks.ts';
import { createQuery } from './prometheus-query.ts';
import { targetHealth } from './target-health.ts';
import { pacedProof } from './pace.ts';
import { verify } from './verify.ts';
import { wayBack } from './way-back.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const parameters = createParameters(surroundings);
  const elb = connect(ElasticLoadBalancingV2Client);
  const cloudwatch = connect(CloudWatchClient);
  const tables = tablesOf(surroundings);
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const ask = createAsk(surroundings.network ?? network, hostsOf(surroundings));
  const signing = { credentials: () => ownCredentials(surroundings), now: () => new Date(now()) };
  const sources = [
    wayBack,
    targetHealth(elb),
    probes(ask),
    prometheus(createChecks(parameters, setting('PROMETHEUS_SETTINGS')), createQuery(ask, signing)),
  ];

  const turns = createTurns(createCalendar(tables, setting('CLAIMS_TABLE'), now), now);
  return steps({
    verify: {
      adds: 'health',
      run: async ({ rollback }) => {
        const proving = asInReversion(rollback);
        const balancers = balancersOf(elb, proving);
        const read = readAlarms({ cloudwatch, claims, now }, proving);
        const all = [...sources, alarms(read), errors({ cloudwatch, now }, balancers)];
        const proof = await verify(proving, all, now());
        const compared = await withHarm(proof, proving, { cloudwatch, alarms: read, now });
        return pacedProof(await withBalancers(compared, balancers), proving, turns, now());
      },
    },
  });
}
