import type { Weights } from '../../src/rollback/clues/weigh.ts';
import type { Facts } from '../../src/rollback/facts.ts';
import { judge } from '../../src/rollback/judge.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { factsOf } from './facts.ts';
import type { Incident } from './incident.ts';

/** What the judge says of an incident, and how often it looked again. */
export interface Decision {
  readonly incident: Incident;
  readonly verdict: Verdict;
  readonly looks: number;
  /** False also where AWS goes back already: to join it writes nothing. */
  readonly acts: boolean;
}

/** Judges an incident; where the first look is not sure, as it looks later. */
export function decide(incident: Incident, weights?: Weights): Decision {
  const observed = [incident, ...incident.later];
  for (const [looks, one] of observed.entries()) {
    const isLast = looks === observed.length - 1;
    // With nothing later in the file, this look has to be the last one.
    const facts: Facts = { ...factsOf(one, looks, incident.decidedAt), ...(isLast && { isLastLook: true }) };
    const verdict = judge(facts, one.decidedAt, weights);
    const acts = verdict.verdict === 'act' && facts.plan.state !== 'join';
    if (verdict.verdict !== 'look-again') return { incident, verdict, looks, acts };
  }
  throw new TypeError('the last look is never followed by another');
}
