import type { Probe } from '../../src/lambda/probe.ts';
import type { Facts } from '../../src/rollback/facts.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';

/** So many that a share of 10 % bad answers shows itself in most cases. */
const PROBES = 20;

/**
 * Adds whether users still hurt, where the judge would look again: metrics show a minute only after its end, and a probe
 * shows the present. Returns the facts as they are if the target has no probes, or none had a connection.
 */
export async function withProbes(facts: Facts, verdict: Verdict, probe: Probe): Promise<Facts> {
  const { plan, request } = facts;
  const urls = 'watch' in plan ? plan.watch.probes : [];
  if (verdict.verdict !== 'look-again' || urls.length === 0 || request.trigger?.type !== 'alarm')
    return facts;
  const answers = await probe(urls, PROBES);
  const limit = slowFrom(facts);
  const bad = answers.filter((answer) => answer === 'failed' || answer > limit).length;
  return answers.length === 0 ? facts : { ...facts, probed: { sent: answers.length, bad } };
}

/** Returns the seconds from which on an answer is as bad as the alarm says. It may not be about latency. */
function slowFrom({ alarm }: Facts): number {
  if (alarm?.known !== true || alarm.is.metric !== 'latency' || alarm.is.limit?.breaches !== 'above')
    return Infinity;
  return alarm.is.limit.threshold;
}
