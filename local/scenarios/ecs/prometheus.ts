import type { Health } from '../../../src/rollback/health.ts';
import { ERROR_SHARE, startPrometheus, type Doorkeeper } from '../../prometheus/server.ts';
import { arn, REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };

/** An error rate that is too low for the alarms and for `lastgood:errors`, and too high for the query. */
const LINGERING = 0.03;
const MAX_ERROR_SHARE = 0.01;

/** Minutes that the errors linger. Every sign but Prometheus is healthy long before, and Verify still has time. */
const LINGERS_MINUTES = 8;

const PREFIX = '/lastgood/prod/prometheus/';
const TOKEN = `${SECRET_MARK}-for-prometheus`;
const WORKSPACE = 'ws-0a1b2c3d-1111-2222-3333-444455556666';

/** Scenarios in which only Prometheus shows whether the service is healthy again. */
export const prometheusScenarios: readonly Scenario[] = [
  {
    name: 'ecs-prometheus',
    shows: 'errors too few for every alarm linger after the way back: only a Prometheus query shows them',
    target: TARGET,
    play: (stage) => {
      const admit: Doorkeeper = ({ headers }) => {
        if (headers['authorization'] !== `Bearer ${TOKEN}`) throw new Error('no such token');
      };
      put(stage, 'token', TOKEN);
      return untilTheErrorsEnd(stage, { admit, path: '', as: { token: 'token' } });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], also: provenAfterTheErrors },
  },
  {
    name: 'ecs-prometheus-workspace',
    shows: 'the same with a workspace of Amazon Managed Service for Prometheus, which checks IAM',
    target: TARGET,
    play: (stage) => {
      const admit: Doorkeeper = ({ headers }) =>
        stage.runtime.wire.admit({
          authorization: headers['authorization'],
          operation: 'QueryMetrics',
          access: {
            action: 'aps:QueryMetrics',
            resource: arn('aps', `workspace/${WORKSPACE}`),
            tags: { lastgood: 'health' },
          },
        });
      return untilTheErrorsEnd(stage, { admit, path: `/workspaces/${WORKSPACE}`, as: { region: REGION } });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], also: provenAfterTheErrors },
  },
  {
    name: 'ecs-prometheus-broken-token',
    shows:
      'the token has two lines, so the query is never sent: the end says so, and nothing repeats the token',
    target: TARGET,
    play: async (stage) => {
      put(stage, 'token', `${TOKEN}\n${TOKEN}`);
      const check = { url: 'https://prometheus.example.com', query: ERROR_SHARE, atMost: MAX_ERROR_SHARE };
      put(stage, 'checkout', JSON.stringify({ ...check, token: 'token' }));
      const shop = await openShop(stage, { tags: { 'lastgood:prometheus': 'checkout' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService'],
      because: /the parameter \/lastgood\/prod\/prometheus\/token cannot be a bearer token/,
    },
  },
];

interface Asking {
  readonly admit: Doorkeeper;
  readonly path: string;
  readonly as: { readonly token: string } | { readonly region: string };
}

async function untilTheErrorsEnd(stage: Stage, { admit, path, as }: Asking): Promise<void> {
  const prometheus = await startPrometheus(stage.traffic, admit, path);
  try {
    put(
      stage,
      'checkout',
      JSON.stringify({ url: prometheus.url, query: ERROR_SHARE, atMost: MAX_ERROR_SHARE, ...as }),
    );
    const shop = await openShop(stage, { tags: { 'lastgood:prometheus': 'checkout' } });
    shop.release('v2', FAULTY);
    await stage.until('Prometheus is asked', () => prometheus.asked() > 0);
    stage.traffic.failAll(LINGERING);
    await stage.minutes(LINGERS_MINUTES);
    stage.traffic.failAll(0);
    await stage.aftermath();
  } finally {
    await prometheus.close();
  }
}

function put(stage: Stage, name: string, value: string): void {
  stage.call('ssm', 'PutParameter', { Name: PREFIX + name, Value: value, Type: 'SecureString' });
}

/** Returns null if health counts only from the end of the errors, or else the difference. */
function provenAfterTheErrors({ runtime, traffic }: Stage): string | null {
  const outputs = rollbacksIn(runtime).map(
    ({ output }) => output as { readonly health?: Health } | undefined,
  );
  const health = outputs.find((output) => output?.health !== undefined)?.health;
  if (health?.state !== 'proven') return 'health was not proven';
  const restored = traffic.restoredAt()?.toISOString() ?? '';
  if (!health.signs.some(({ of }) => of === 'Prometheus checkout')) return 'Prometheus was not queried';
  return health.healthySince > restored
    ? null
    : `healthy since ${health.healthySince}, and the users only since ${restored}`;
}
