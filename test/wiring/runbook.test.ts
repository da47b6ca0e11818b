import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { allowed, isRead } from './grants.ts';

const stack = readStack(PACKAGED, '.');
const PARAMETER = '/lastgood/prod/pause';
const ARN = `arn:aws:ssm:eu-west-1:111122223333:parameter${PARAMETER}`;

/** Actions on targets, by their services. The state machines invoke Lastgood's own functions. */
const TARGETS =
  /^(apigateway|appconfig|autoscaling|cloudformation|codedeploy|codepipeline|ecs|ec2|elasticloadbalancing|lambda(?!:InvokeFunction)|route53|vpc-lattice):/;

/** The functions whose roles may write to a target, without the stage. */
const writers = [
  ...new Set(allowed.filter((grant) => mayChange(grant) && !isRead(grant)).map(({ role }) => role)),
];

/** A mechanism that publishes asks another system to change the target. */
function mayChange({ role, action }: (typeof allowed)[number]): boolean {
  return TARGETS.test(action) || (role.startsWith('mechanism-') && action === 'events:PutEvents');
}

describe('"Pause Lastgood" in the runbook', () => {
  const [, says = ''] =
    /^## Pause Lastgood\n(.*?)(?=^## )/ms.exec(readFileSync('docs/runbook.md', 'utf8')) ?? [];

  it('names the parameter that every function reads which may write to a target', () => {
    expect(writers.length).toBeGreaterThan(5);
    expect(says).toContain(PARAMETER);
    const unfenced = writers.filter((name) => {
      const found = stack.functions.find((one) => one.name === `lastgood-prod-${name}`);
      const mayRead = allowed.some(
        ({ role, action, resources }) =>
          role === name && action === 'ssm:GetParameters' && resources.includes(ARN),
      );
      return found?.environment['PAUSE_PARAMETER'] !== PARAMETER || !mayRead;
    });
    expect(unfenced).toEqual([]);
  });

  it('names every function that may write to a target, for the day without Parameter Store', () => {
    const [, kinds = ''] = /^for kind in (.*?);/m.exec(says) ?? [];
    expect(
      kinds
        .split(' ')
        .map((kind) => `mechanism-${kind}`)
        .toSorted(),
    ).toEqual(writers.toSorted());
  });
});
