import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openCluster } from './cluster.ts';
import { openGitHub, type GitHub, type GitHubOptions } from './github-server.ts';
import { exampleOf } from './template.ts';

const TARGET = 'external:github/checkout';
const FAULTY = { errorRate: 0.4 };
const TOKEN = `${SECRET_MARK}-of-github`;
const STACK = 'github-checkout';

const base = {
  target: TARGET,
  beside: [
    {
      name: STACK,
      template: exampleOf('github-actions.yml'),
      parameters: {
        ...{ Name: 'checkout', Mode: 'auto', Alarms: 'checkout-errors', Minutes: '10', Soak: '5' },
        ...{ Repository: 'shop/checkout', Token: TOKEN },
        OidcProvider: arn('iam', 'oidc-provider/token.actions.githubusercontent.com', { region: '' }),
      },
    },
  ],
} as const;

/** Opens the cluster that the workflow deploys to, and GitHub; releases a bad revision, and lets it end. */
async function hurt(stage: Stage, options: Partial<GitHubOptions> = {}): Promise<GitHub> {
  const cluster = await openCluster(stage, { target: TARGET, tags: null, source: 'github.actions' });
  const github = openGitHub(stage, {
    ...{ token: TOKEN, role: `${STACK}-Workflows`, starts: 12, takes: 70 },
    deploy: (revision) => {
      cluster.deploy(revision);
      return revision;
    },
    ...options,
  });
  await cluster.release('v2', FAULTY);
  await stage.aftermath();
  return github;
}

/** The reference receiver: the template and the workflow of the documentation, as they are. */
export const externalGitHub: readonly Scenario[] = [
  {
    ...base,
    name: 'external-github',
    shows:
      'an API destination dispatches the workflow of the documentation, which rolls back and answers through the bus with its own role',
    async play(stage) {
      const { dispatched } = await hurt(stage);
      const [{ ref, inputs } = { ref: '', inputs: {} }] = dispatched;
      const { from, to, drill, target } = inputs;
      if (
        JSON.stringify([dispatched.length, ref, from, to, drill, target]) !==
        JSON.stringify([1, 'main', 'v2', 'v1', 'false', TARGET])
      )
        throw new Error(JSON.stringify(dispatched));
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['PutEvents'],
      because: /v1 runs again instead of v2/,
    },
  },
  {
    ...base,
    name: 'external-github-twice',
    shows:
      'the event is delivered twice and GitHub starts two runs: the second waits, finds the first, and deploys nothing',
    async play(stage) {
      stage.runtime.bus.duplicate(({ 'detail-type': type }) => type === 'Rollback Wanted');
      const deployed: string[] = [];
      const { dispatched } = await hurt(stage, {
        deploy: (revision) => {
          deployed.push(revision);
          stage.world.endpoints.put('10.0.8.15', {
            startSeconds: 0,
            health: 'passes',
            errorRate: 0,
            latency: 0.05,
          });
          return revision;
        },
      });
      if (dispatched.length !== 2 || deployed.length !== 1)
        throw new Error(`${dispatched.length} dispatches, ${deployed.length} deployments`);
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
  {
    ...base,
    name: 'external-github-troubled',
    shows: 'GitHub answers 502 and 429 at first: EventBridge tries again, and one run starts',
    async play(stage) {
      const { dispatched } = await hurt(stage, { troubles: [502, 429, 503] });
      if (dispatched.length !== 1) throw new Error(`${dispatched.length} dispatches`);
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['PutEvents'] },
  },
  {
    ...base,
    name: 'external-github-failed',
    shows: 'the deployment of the workflow fails: its last step answers so, and a person must look',
    async play(stage) {
      await hurt(stage, { deploy: () => null });
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['PutEvents'],
      because: /github failed: the workflow failed or was cancelled/,
    },
  },
  {
    ...base,
    name: 'external-github-token-expired',
    shows:
      'the token has expired: GitHub answers 401, the event goes to the dead-letter queue, and the silence ends dirty',
    async play(stage) {
      const { dispatched } = await hurt(stage, { token: 'another' });
      if (dispatched.length !== 0) throw new Error('GitHub took it');
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['PutEvents'],
      because: /no answer from github yet/,
      also: (stage) => {
        const [dead] = stage.runtime.queues.messages(`${STACK}-Undelivered`);
        const says = dead?.attributes['ERROR_MESSAGE'];
        return says === 'HTTP status code 401.' ? null : `the dead letter says ${says ?? 'nothing'}`;
      },
    },
  },
];
