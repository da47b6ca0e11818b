import { describe, expect } from 'vitest';
import { balance, HEALTHY } from './elb-shop.ts';
import { missing, paths, recorded, testRecorded } from './recorded.ts';

/** Published examples older than ForwardConfig, or about features that are not modelled, omit or add some paths. */
function outputs(name: RegExp): readonly unknown[] {
  return recorded('api-elbv2', name).map((each) => (each as { output?: unknown }).output ?? each);
}

describe('answers have every key of the recorded ones', () => {
  testRecorded('DescribeListeners, ModifyListener', () => {
    const { elb, listener, blue } = balance();
    const modified = elb.operations.ModifyListener.run({
      ListenerArn: listener,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: blue }],
    });
    for (const answer of [modified, elb.operations.DescribeListeners.run({ ListenerArns: [listener] })])
      for (const example of outputs(/listener/)) {
        const https = /SslPolicy|Certificates/;
        expect(missing(paths(example), paths(answer)).filter((path) => !https.test(path))).toEqual([]);
      }
  });

  testRecorded('DescribeRules, ModifyRule', () => {
    const { elb, listener, green } = balance();
    const { Rules } = elb.operations.CreateRule.run({
      ListenerArn: listener,
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/img/*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: green }],
    });
    const answer = elb.operations.ModifyRule.run({ RuleArn: Rules?.[0]?.RuleArn, Conditions: [] });
    for (const example of outputs(/rule/)) expect(missing(paths(example), paths(answer))).toEqual([]);
  });

  testRecorded('DescribeTargetGroups', () => {
    const { elb, blue } = balance();
    const answer = elb.operations.DescribeTargetGroups.run({ TargetGroupArns: [blue] });
    for (const example of outputs(/targetgroups/)) expect(missing(paths(example), paths(answer))).toEqual([]);
  });

  testRecorded('DescribeTargetHealth, state by state', () => {
    const shop = balance();
    const byState = new Map([
      ['initial', describeOne(shop)],
      ['unused', describeOne(shop, shop.green)],
    ]);
    for (const example of outputs(/targethealth/))
      for (const recordedOne of (example as { TargetHealthDescriptions: readonly Described[] })
        .TargetHealthDescriptions) {
        const ours = byState.get(recordedOne.TargetHealth.State);
        // The CLI's example of an unused target has a port, captured ones have none.
        if (ours !== undefined)
          expect(
            missing(paths(recordedOne), paths(ours)).filter((path) => path !== 'HealthCheckPort'),
          ).toEqual([]);
      }
  });
});

interface Described {
  readonly TargetHealth: { readonly State: string };
}

function describeOne({ elb, behaviours, blue }: ReturnType<typeof balance>, group = blue) {
  behaviours.set('10.0.0.1', HEALTHY);
  elb.register(group, { id: '10.0.0.1', port: 8080 });
  return elb.operations.DescribeTargetHealth.run({ TargetGroupArn: group }).TargetHealthDescriptions?.[0];
}
