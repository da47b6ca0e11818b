import { describe, expect, test } from 'vitest';
import type { Facts, Found, StateChange } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import {
  at,
  BY_ALARM,
  BY_DEPLOYMENT,
  BY_LOOKOUT,
  DEPLOYMENT,
  facts,
  found,
  NOW,
  planOf,
  turned,
  unknown,
  withoutDeployment,
} from '../judge-facts.ts';

const ACTING = { lastgood: 'auto', 'lastgood:lookout': 'act', 'lastgood:silence': 'go' };

const verdict = (
  request: Request,
  history: Found<readonly StateChange[]>,
  plan: Facts['plan'] = planOf(ACTING),
) => judge(facts({ request, plan, turnedBefore: [{ alarm: 'latency', history }] }), NOW);

const FIX = 'Alarm latency was red when the deployment of checkout:42 began: it may be the fix';

describe('a deployment that began while another alarm of the target was red', () => {
  test.each([
    ['a further alarm accuses', BY_ALARM],
    ['AWS stopped', BY_DEPLOYMENT],
    ['a lookout accuses', BY_LOOKOUT],
  ])('is not undone without a person where %s it', (_, request) => {
    const asked = verdict(request, found([turned('02:40', 'OK', 'ALARM')]));
    expect(asked).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    expect(asked.reasons).toContain(`${FIX}, so a person decides.`);
  });

  test('may be the fix although the alarm is quiet by now', () => {
    const over = found([turned('03:03', 'ALARM', 'OK'), turned('02:40', 'OK', 'ALARM')]);
    expect(verdict(BY_DEPLOYMENT, over)).toMatchObject({ verdict: 'ask' });
  });

  test('may be the fix where the alarm was red at any time between its two sights', () => {
    const seen = { ...DEPLOYMENT, sights: { notBefore: at('02:50'), seenAt: at('03:00') } };
    const plan = planOf(ACTING, { deployment: seen });
    expect(
      verdict(BY_DEPLOYMENT, found([turned('02:55', 'OK', 'ALARM'), turned('02:57', 'ALARM', 'OK')]), plan),
    ).toMatchObject({ verdict: 'ask' });
  });
});

test.each([
  ['quiet again before it', [turned('02:50', 'ALARM', 'OK'), turned('02:40', 'OK', 'ALARM')]],
  ['red only after it', [turned('03:02', 'OK', 'ALARM')]],
])('an alarm that was %s does not speak for the deployment', (_, changes) => {
  expect(verdict(BY_DEPLOYMENT, found(changes))).toMatchObject({ verdict: 'act' });
});

test('a person decides where it is unknown whether the alarm was red', () => {
  const asked = verdict(BY_DEPLOYMENT, unknown('too many changes'));
  expect(asked).toMatchObject({ verdict: 'ask' });
  expect(asked.reasons).toContain(
    'Whether alarm latency was red when the deployment of checkout:42 began is unknown: too many changes.',
  );
});

test('says nothing where no deployment is known', () => {
  const red = found([turned('02:40', 'OK', 'ALARM')]);
  expect(verdict(BY_DEPLOYMENT, red, withoutDeployment())).toMatchObject({ verdict: 'act' });
});
