import { openFleet, TARGET as FLEET, wentTo } from '../asg/fleet.ts';
import { FLEET as BUNDLES, openDeploymentGroup, runs } from '../codedeploy/deployment-group.ts';
import { weighs as forwards } from '../elb/ends.ts';
import { FAULTY, TARGET as RULE } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import { openApi, pointsAt, TARGET as ALIAS } from '../lambda/api.ts';
import { openEdge, TARGET as RECORDS, weighs } from '../route53/edge.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ADA, installSlack, privateText } from './oncall.ts';

const PROVING_MINUTES = 9;

/** A target with a proven release. */
interface Opened {
  readonly target: string;
  /** Deploys the next release, and waits until it is out. */
  readonly release: (behaviour?: { readonly errorRate: number }) => Promise<void>;
}

interface Kind {
  readonly kind: string;
  readonly target: string;
  readonly open: (stage: Stage) => Promise<Opened>;
  /** The names of the revisions, as Lastgood shows them. */
  readonly called: RegExp;
  readonly writes: readonly string[];
  /** Returns null if the revision that was asked for runs, or else what does. */
  readonly serves?: (stage: Stage) => string | null;
}

/** Kinds with more than two revisions: the one that is asked for is not the last known good. */
const KINDS: readonly Kind[] = [
  {
    kind: 'codedeploy',
    target: BUNDLES,
    open: async (stage) => {
      const group = await openDeploymentGroup(stage, { versions: true });
      let count = 1;
      const release: Opened['release'] = async (bundle) => {
        count += 1;
        group.release(`v${count}`, bundle);
        await group.deployed();
      };
      return { target: BUNDLES, release };
    },
    called: /checkout-v1\.zip \([^)]+\)/,
    writes: ['CreateDeployment'],
    serves: (stage) => runs(stage, 'v1'),
  },
  {
    kind: 'lambda',
    target: ALIAS,
    open: async (stage) => {
      const api = await openApi(stage);
      return { target: ALIAS, release: (code) => Promise.resolve(void api.release(code)) };
    },
    called: /checkout:1/,
    writes: ['UpdateAlias'],
    serves: (stage) => pointsAt(stage, '1'),
  },
  {
    kind: 'asg',
    target: FLEET,
    open: async (stage) => {
      const fleet = await openFleet(stage);
      const release: Opened['release'] = async (behaviour) => {
        fleet.release(behaviour);
        await fleet.refreshed();
      };
      return { target: FLEET, release };
    },
    called: /web:1/,
    writes: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
    serves: (stage) => wentTo(stage, '1'),
  },
];

/** People ask for the revision whose name Lastgood has just shown them. */
export const slackNamed: readonly Scenario[] = [
  ...KINDS.map(asksForAnEarlierOne),
  {
    name: 'slack-asked-by-name-elb',
    shows: 'a person asks for the target group that Lastgood has just named: the traffic goes back to it',
    target: RULE,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      const people = installSlack(stage, ['elb:*']);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await ask(stage, people, groups.target, 'to shop-blue because it hurts');
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      because: /^shop-blue runs again instead of shop-green/,
      also: (stage) => forwards(stage, 100, 0),
    },
  },
  {
    name: 'slack-asked-by-name-route53',
    shows:
      'a person asks for the weights that Lastgood has just named, of several words: the answers go back to them',
    target: RECORDS,
    async play(stage) {
      const edge = await openEdge(stage);
      const people = installSlack(stage, ['route53:*']);
      edge.behave('old', {});
      edge.weigh({ blue: 192, old: 64 });
      await stage.minutes(PROVING_MINUTES);
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, old: 0, green: 255 });
      await ask(stage, people, edge.target, 'to 75 % blue and 25 % old because it hurts');
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await stage.aftermath();
      weighs(edge, { blue: 192, green: 0, old: 64 });
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ChangeResourceRecordSets'],
      because: /^75 % blue and 25 % old runs again instead of green/,
    },
  },
];

function asksForAnEarlierOne({ kind, target, open, called, writes, serves }: Kind): Scenario {
  return {
    name: `slack-asked-by-name-${kind}`,
    shows:
      'a person asks for the release that Lastgood has named in an earlier plan, though a newer one is proven: it is found',
    target,
    async play(stage) {
      const opened = await open(stage);
      const people = installSlack(stage, [`${kind}:*`]);
      await opened.release();
      const shown = await ask(stage, people, opened.target, '');
      const [name = 'no name'] = called.exec(shown) ?? [];
      await stage.minutes(PROVING_MINUTES);
      await opened.release({ errorRate: 0.4 });
      await ask(stage, people, opened.target, `to ${name} because it hurts`);
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes,
      because: new RegExp(`^${called.source} runs again`),
      ...(serves !== undefined && { also: serves }),
    },
  };
}

/** Types a command about a target, and returns what Slack shows the person of it. */
async function ask(
  stage: Stage,
  people: ReturnType<typeof installSlack>,
  target: string,
  words: string,
): Promise<string> {
  const { whispers } = stage.slack.channel;
  const before = whispers.length;
  await people.type(ADA, `${target} ${words}`.trim());
  await stage.until('the plan is shown', () => whispers.length > before, 5);
  return privateText(stage, ADA);
}
