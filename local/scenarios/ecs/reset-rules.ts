import type {
  Action,
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  DescribeRulesOutput,
  TargetGroupTuple,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Detail } from '../../../src/events/details.ts';
import { publishedEvents } from '../events/published.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { inShop } from './code-deploy-play.ts';
import { expectNotCondemned } from './endings.ts';
import { inExternalShop } from './external-play.ts';
import { openExternalShop } from './external-shop.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

/** The state in which Terraform made the rule and the listener. */
const BLUE_FIRST = { 'checkout-blue': 100, 'checkout-green': 0 };

/** Applies Terraform, whose state still has the weights of the first day. */
function terraformApply(stage: Stage): void {
  const { LoadBalancers } = stage.call<DescribeLoadBalancersOutput>('elb', 'DescribeLoadBalancers', {});
  const { Listeners } = stage.call<DescribeListenersOutput>('elb', 'DescribeListeners', {
    LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
  });
  const [{ ListenerArn = '', DefaultActions = [] } = {}] = Listeners ?? [];
  const { Rules = [] } = stage.call<DescribeRulesOutput>('elb', 'DescribeRules', { ListenerArn });
  stage.call('elb', 'ModifyListener', { ListenerArn, DefaultActions: reset(DefaultActions) });
  for (const { RuleArn, IsDefault, Actions = [] } of Rules)
    if (IsDefault !== true) stage.call('elb', 'ModifyRule', { RuleArn, Actions: reset(Actions) });
  stage.journal.note('terraform apply sets the weights of the rule as on the first day');
}

function reset(actions: readonly Action[]): readonly Action[] {
  return actions.map(({ ForwardConfig, Type }) => ({
    Type,
    ForwardConfig: { TargetGroups: (ForwardConfig?.TargetGroups ?? []).map(asAtFirst) },
  }));
}

function asAtFirst({ TargetGroupArn = '' }: TargetGroupTuple): TargetGroupTuple {
  const name = TargetGroupArn.split('/')[1] ?? '';
  return { TargetGroupArn, Weight: BLUE_FIRST[name as keyof typeof BLUE_FIRST] };
}

const codeDeploy = inShop({ keepsOldMinutes: 0 }, async (shop, stage) => {
  // v1 runs behind green, and v2 behind blue.
  await shop.ended(shop.release('v2'));
  await shop.ended(shop.release('v3'));
  await stage.minutes(3);
  terraformApply(stage);
});

const external = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2');
  await shop.remove('v1');
  await stage.minutes(3);
  terraformApply(stage);
  await stage.aftermath();
});

/** Returns null if the end on the bus names the cause and says what to do, or else the end. */
function namesTheCause(stage: Stage): string | null {
  const end = publishedEvents(stage).find(({ type }) => type === 'Rollback Skipped')
    ?.detail as Detail<'Rollback Skipped'>;
  const isNamed =
    end.triage?.cause === 'traffic' && end.advice[0]?.startsWith('Lead the users back') === true;
  return isNamed ? null : `the end is ${JSON.stringify(end)}`;
}

const LEFT = {
  outcome: 'skipped',
  also: namesTheCause,
  served: false,
  writes: [],
  movedByPeople: /./,
  through: ['Claim', 'Claimed', 'Plan', 'Judge', 'Verdict', 'Report', 'Outcome', 'Skipped'],
} as const;

/** Weights that infrastructure code resets, so that users are sent where no task is. */
export const resetRules: readonly Scenario[] = [
  {
    name: 'ecs-rule-reset',
    shows:
      'blue/green: a terraform apply points the rule at the empty target group: the rule is named, and the release stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
      });
      shop.release('v2');
      await shop.deployed();
      await stage.minutes(3);
      terraformApply(stage);
      await stage.aftermath();
      await expectNotCondemned(stage, Object.values(shop.releases));
    },
    ends: {
      ...LEFT,
      because:
        /^Rule arn:.*listener-rule.* sends traffic to target group checkout-blue, which has no tasks\. checkout:2 is behind target group checkout-green\. The release did not cause that/,
    },
  },
  {
    name: 'ecs-codedeploy-rule-reset',
    shows: 'the same where CodeDeploy shifts the traffic of the listener',
    target: TARGET,
    play: codeDeploy.play,
    ends: {
      ...LEFT,
      because:
        /^Listener arn:.* sends traffic to target group checkout-blue.*checkout:4 is behind target group checkout-green/,
    },
  },
  {
    name: 'ecs-external-rule-reset',
    shows: 'the same where an external tool shifts it',
    target: TARGET,
    play: external.play,
    ends: { ...LEFT, because: /^No rule sends traffic to target group checkout-green, where checkout:2 is/ },
  },
];
