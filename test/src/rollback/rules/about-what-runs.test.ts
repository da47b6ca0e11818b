import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/rollback/judge.ts';
import { at, BY_REQUEST, facts as factsOf, NOW, planOf } from '../judge-facts.ts';

const requestedAt = (time: string) => ({
  ...BY_REQUEST,
  trigger: { ...BY_REQUEST.trigger!, at: at(time) },
});

describe('a request by a person', () => {
  it('is asked about again where the running deployment is newer, as a redriven dead letter is', () => {
    const verdict = judge(factsOf({ request: requestedAt('01:00'), plan: planOf() }), NOW);
    expect(verdict).toMatchObject({ verdict: 'ask' });
    expect(verdict.reasons.join(' ')).toMatch(/ asked at \S+T01:00:00.*, before the deployment of /);
  });

  it('is acted on where it came after the deployment', () => {
    expect(judge(factsOf({ request: BY_REQUEST, plan: planOf() }), NOW)).toMatchObject({ verdict: 'act' });
  });
});
