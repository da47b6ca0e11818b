import type { Weights } from '../../src/rollback/clues/weigh.ts';
import type { Facts } from '../../src/rollback/facts.ts';
import { judge } from '../../src/rollback/judge.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { factsOf } from './facts.ts';
import type { Incident } from './incident.ts';

/** The judge's last verdict on an incident, and the number of further looks before it. */
export interface Decision {
  readonly incident: Incident;
  readonly verdict: Verdict;
  readonly looks: number;
  /** False also where AWS already goes back: joining it writes nothing. */
  readonly acts: boolean;
}

/** Judges an incident, and its later looks for as long as the verdict is `look-again`. */
export function decide(incident: Incident, weights?: Weights): Decision {
  const observed = [incident, ...incident.later];
  for (const [looks, one] of observed.entries()) {
    const isLast = looks === observed.length - 1;
    // The file has no later look, so this one has to decide.
    const facts: Facts = { ...factsOf(one, looks, incident.decidedAt), ...(isLast && { isLastLook: true }) };
    const verdict = judge(facts, one.decidedAt, weights);
    const acts = verdict.verdict === 'act' && facts.plan.state !== 'join';
    if (verdict.verdict !== 'look-again') return { incident, verdict, looks, acts };
  }
  throw new TypeError('the last look is never followed by another');
}
