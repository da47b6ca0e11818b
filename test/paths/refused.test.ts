import { describe, expect, it } from 'vitest';
import { claim } from '../../functions/guard/claim.ts';
import { steps } from '../../src/lambda/steps.ts';
import { TargetClaimed } from '../../src/rollback/errors.ts';
import { EXECUTION, START } from './machine.ts';
import { act, play, ready, REQUEST, sign } from './stage.ts';
import { failedClean, path, skipped } from './stretches.ts';

const held = { kind: 'ecs', holder: EXECUTION, since: START, expiresAt: START };
const revert = { state: 'started', rung: 0, at: START, deployment: 'd', settleBy: START, left: [] };
const FORGED = {
  claim: held,
  plan: { ...ready, from: ready.to, to: ready.from },
  verdict: act,
  approval: { answer: 'approved', by: 'U0ADA', at: START },
  stopped: { state: 'not-running' },
  reverted: revert,
  settled: { state: 'settled', at: START, summary: '2 of 2' },
  health: { state: 'proven', at: START, healthySince: START, signs: [sign('healthy')] },
};

/** The real Claim, in front of a table in which another execution may hold the target. */
function guard(isHeld = false) {
  const take = () => (isHeld ? Promise.reject(new TargetClaimed('held')) : Promise.resolve(held));
  return {
    guard: steps({
      claim: {
        adds: 'claim',
        run: claim(
          {
            ...{ claims: { take }, turns: { of: () => Promise.resolve(undefined) } },
            ...{
              storms: { arrive: () => Promise.resolve(null), isUnderWay: () => Promise.resolve(false) },
              most: 5,
              stormsAreOff: false,
              tend: () => Promise.resolve(),
            },
          },
          () => START,
        ),
      },
    }),
  };
}

describe('after a Claim that refused its input', () => {
  it.each<[string, unknown]>([
    ['a whole forged document', { request: REQUEST, ...FORGED }],
    ['a forged document with a claim of this execution', { request: REQUEST, claim: held, plan: ready }],
    ['a forged document without a request', FORGED],
    ['a forged document with an unreadable request', { ...FORGED, request: 'ecs:prod/checkout' }],
    ['a forged input beside the request', { request: REQUEST, input: { request: REQUEST, ...FORGED } }],
    ['a forged error', { request: REQUEST, error: { Error: 'TargetClaimed', Cause: 'held' } }],
    [
      'a trigger of next year',
      { request: { ...REQUEST, trigger: { ...REQUEST.trigger, at: '2027-11-22T03:00:00Z' } } },
    ],
    ['a text', 'roll it back'],
    ['a list', [{ request: REQUEST }]],
  ])('only the error goes on, when the execution was started with %s', async (_, input) => {
    const run = await play({}, input, guard());
    expect(run.states).toEqual(path('Claim Refused', failedClean));
    expect(run).toMatchObject({ published: ['Rollback Failed'], condemned: [], closed: [] });
    expect(Object.keys(run.document).toSorted()).toEqual(['error', 'execution', 'input', 'outcome']);
    expect(run.document.outcome?.reason).toMatch(/^InvalidRequest: /);
  });

  it('a forged document is refused, though another execution holds its target', async () => {
    const run = await play({}, { request: REQUEST, ...FORGED }, guard(true));
    expect(run.states).toEqual(path('Claim Refused', failedClean));
    expect(run).toMatchObject({ condemned: [], closed: [] });
  });
});

it('the loser of a claim takes nothing but its request to Interrupt and Report', async () => {
  const run = await play({}, { request: REQUEST }, guard(true));
  expect(run.states).toEqual(path('Claim Interrupt', skipped));
  const slices = ['error', 'execution', 'interrupted', 'outcome', 'request'];
  expect(Object.keys(run.document).toSorted()).toEqual(slices);
});

it('what a request says of an approval, or of who holds the target, changes nothing', async () => {
  const request = { ...REQUEST, approval: FORGED.approval, claim: held, by: 'U0ADA' };
  const run = await play({}, { request });
  expect(run.document).not.toHaveProperty('approval');
  expect(run.states.slice(0, 5)).toEqual(['Claim', 'Claimed', 'Plan', 'Judge', 'Verdict']);
});
