import { condemnedBesides } from '../events/published.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ALIAS, openAlias, pointsAt } from './alias.ts';
import {
  blueGreen,
  bundleKey,
  FLEET,
  openDeploymentGroup,
  runs,
  type DeploymentGroupOptions,
} from './deployment-group.ts';

/** Minutes for the soak of a good release and the sweep that proves it. */
const PROVING_MINUTES = 9;

/** A deployment group with good releases. The last release is bad and completely out. */
interface Hurt {
  /** Deploys the n-th release again. */
  readonly again: (release: number) => void;
  readonly fix: () => void;
  readonly deployed: () => Promise<void>;
}

/** One platform of CodeDeploy. */
interface Platform {
  readonly name: string;
  readonly target: string;
  /** Opens the group with this many proven releases, and deploys a bad one. */
  readonly open: (stage: Stage, proven: 1 | 2) => Promise<Hurt>;
  /** Returns null if the n-th release runs, or else the one that does. */
  readonly serves: (stage: Stage, release: number) => string | null;
  /** Returns the name of the n-th release. */
  readonly called: (release: number) => string;
}

const instances = (name: string, options: DeploymentGroupOptions): Platform => ({
  name,
  target: FLEET,
  open: async (stage, proven) => {
    const group = await openDeploymentGroup(stage, options);
    if (proven === 2) {
      group.release('v2');
      await group.deployed();
      await stage.minutes(PROVING_MINUTES);
    }
    group.release(`v${proven + 1}`, { errorRate: 0.4 });
    await group.deployed();
    return {
      again: (release) => {
        group.again(`v${release}`);
      },
      fix: () => void group.release(`v${proven + 2}`),
      deployed: () => group.deployed(),
    };
  },
  serves: (stage, release) => runs(stage, `v${release}`),
  called: (release) => bundleKey(`v${release}`),
});

/** Version 1 existed before CodeDeploy, so the n-th release is version n + 1. */
const alias: Platform = {
  name: 'lambda',
  target: ALIAS,
  open: async (stage, proven) => {
    const shop = await openAlias(stage, 'LambdaAllAtOnce');
    if (proven === 2) {
      shop.release();
      await shop.deployed();
      await stage.minutes(PROVING_MINUTES);
    }
    shop.release({ errorRate: 0.5 });
    await shop.deployed();
    // Without this wait no request has failed yet.
    await stage.minutes(1.5);
    return {
      again: (release) => {
        shop.again(String(release + 1));
      },
      fix: () => {
        shop.release();
      },
      deployed: () => shop.deployed(),
    };
  },
  serves: (stage, release) => pointsAt(stage, String(release + 1)),
  called: (release) => `checkout:${release + 1}`,
};

const PLATFORMS: readonly Platform[] = [
  instances('in-place', {}),
  instances('blue-green', { settings: blueGreen(0) }),
  alias,
];

/** Deployments of people and their pipelines between the bad release and its alarm. Lastgood leaves them alone. */
export const codedeployPeople: readonly Scenario[] = PLATFORMS.flatMap((platform) =>
  ([1, 2] as const).flatMap((proven) => [goesBack(platform, proven), hotfix(platform, proven)]),
);

function goesBack(platform: Platform, proven: 1 | 2): Scenario {
  const good = platform.called(proven).replaceAll('.', '\\.');
  return {
    name: `codedeploy-${platform.name}-person-goes-back${proven === 2 ? '-two-proven' : ''}`,
    shows: 'a person deploys the good release again before the alarm turns: that is left alone',
    target: platform.target,
    async play(stage) {
      const hurt = await platform.open(stage, proven);
      hurt.again(proven);
      await stage.aftermath();
      await hurt.deployed();
    },
    ends: leftAlone(platform, proven, proven, new RegExp(`${good} is (being brought )?back already`)),
  };
}

function hotfix(platform: Platform, proven: 1 | 2): Scenario {
  return {
    name: `codedeploy-${platform.name}-hotfix${proven === 2 ? '-two-proven' : ''}`,
    shows: 'a person deploys the fix before the alarm turns: a person decides, and it stays',
    target: platform.target,
    async play(stage) {
      const hurt = await platform.open(stage, proven);
      hurt.fix();
      await stage.aftermath();
      await hurt.deployed();
    },
    ends: leftAlone(platform, proven, proven + 2, /No answer came|may be the fix/),
  };
}

function leftAlone(platform: Platform, proven: number, release: number, because: RegExp): Ending {
  const culprit = platform.called(proven + 1);
  return {
    outcome: 'skipped',
    served: true,
    writes: [],
    because,
    also: (stage) => platform.serves(stage, release) ?? condemnedBesides(stage, culprit),
  };
}
