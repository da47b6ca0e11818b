import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect } from 'vitest';
import { withSplit } from '../../../../functions/mechanisms/elb/actions.ts';
import { isForwarder } from '../../../../src/targets/kinds/elb/target.ts';
import { readSplit, sharesOf, splitOf, writeSplit } from '../../../../functions/mechanisms/elb/split.ts';
import { recorded, testRecorded } from '@lastgood/embedded-aws/test/world/recorded.ts';

interface Answer {
  readonly Rules?: readonly { readonly RuleArn: string; readonly Actions: readonly Action[] }[];
  readonly Listeners?: readonly {
    readonly ListenerArn: string;
    readonly DefaultActions: readonly Action[];
  }[];
}

/** Listeners and rules of recorded answers, and what each does. */
function forwarders(): readonly (readonly [arn: string, actions: readonly Action[]])[] {
  const answers = recorded('api-elbv2', /listener|rule/).map(
    (each) => ((each as { output?: Answer }).output ?? each) as Answer,
  );
  return answers.flatMap(({ Rules = [], Listeners = [] }) => [
    ...Rules.map(({ RuleArn, Actions }) => [RuleArn, Actions] as const),
    ...Listeners.map(({ ListenerArn, DefaultActions }) => [ListenerArn, DefaultActions] as const),
  ]);
}

describe('listeners and rules as they were recorded', () => {
  testRecorded('can be targets by their ARNs, unless they belong to a Gateway Load Balancer', () => {
    expect(forwarders().length).toBeGreaterThan(5);
    for (const [arn] of forwarders())
      expect([arn, isForwarder(arn)]).toEqual([arn, !arn.includes(':listener/gwy/')]);
  });

  testRecorded('divide their traffic in a way that can be written, read back and sent again', () => {
    for (const [arn, actions] of forwarders()) {
      const shares = sharesOf(actions);
      if (shares === null) continue;
      const split = splitOf(shares);
      expect(readSplit(writeSplit(split), arn)).toEqual(split);
      expect(splitOf(sharesOf(withSplit(actions, split))!)).toEqual(split);
    }
  });
});
