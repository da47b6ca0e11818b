import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { tablesOf } from '../../src/aws/tables.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { createAsk } from '../../src/lambda/ask.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';
import { hostsOf } from '../../src/lambda/hosts.ts';
import { lookoutSteps } from '../../src/lambda/lookout-steps.ts';
import { createOwnMetrics } from '../../src/lambda/own-metrics.ts';
import { network } from '../../src/lambda/network.ts';
import { createProbe } from '../../src/lambda/probe.ts';
import { createStarter } from '../../src/lambda/start.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { createTurns } from '../../src/lambda/turns.ts';
import { createLookouts } from '../../src/ledger/dynamodb.ts';
import { withFreshSides } from '../../src/lookout/fresh.ts';
import { weigh } from '../../src/lookout/weigh.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { accuse } from './accuse.ts';
import { end } from './end.ts';
import { look } from './look.ts';
import { createReadMinutes } from './minutes.ts';
import { paced } from './paced.ts';
import { createSendProbes } from './probes.ts';
import { createReadTargets } from './targets.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const lookouts = createLookouts(tables, setting('LEDGER_TABLE'));
  const turns = createTurns(createCalendar(tables, setting('CLAIMS_TABLE'), now), now);
  const ask = createAsk(surroundings.network ?? network, hostsOf(surroundings));
  return lookoutSteps({
    look: {
      adds: 'look',
      run: look(
        {
          lookouts,
          sendProbes: createSendProbes(createProbe(ask)),
          readTargets: createReadTargets(connect(ElasticLoadBalancingV2Client)),
          readMinutes: createReadMinutes(connect(CloudWatchClient)),
        },
        now,
      ),
    },
    weigh: {
      adds: 'weighed',
      run: async (followed) => {
        const weighed = withFreshSides(followed, weigh(followed, now()), now());
        return paced(followed, weighed, turns, now());
      },
    },
    accuse: {
      run: accuse(
        {
          emitter: createEmitter(connect(EventBridgeClient), setting('BUS_NAME')),
          starter: createStarter(connect(SFNClient), setting('STATE_MACHINE_ARN')),
          measure: createOwnMetrics(setting('OWN_NAME')),
        },
        now,
      ),
    },
    end: { run: end(lookouts, now) },
  });
}
