import { inTime } from '../../../src/lambda/in-time.ts';
import { targetOf, type ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';
import type { Lattice, NamedRule } from './lattice.ts';
import { nameOf, sharesOf, type Names } from './split.ts';

/** The note is worth no wait. */
const PATIENCE_MS = 2_000;

/** Reads the other rules of the service. None where that takes too long or fails. */
export async function otherRules(
  { service, listener, rule }: ForwarderName,
  lattice: Pick<Lattice, 'rules'>,
): Promise<readonly NamedRule[]> {
  const all = (await inTime(PATIENCE_MS, () => lattice.rules(service))) ?? [];
  return all.filter(({ name }) => name.listener !== listener || name.rule !== rule);
}

/**
 * Returns a note on each other rule that sends traffic to a group which is to lose it. The way back does not change that
 * rule, so its users stay on the bad side: https://github.com/aws/aws-application-networking-k8s/issues/96
 */
export function pathNotes(
  rules: readonly NamedRule[],
  leaving: readonly string[],
  names: Names,
): readonly string[] {
  return rules.flatMap(({ name, title, action }) => {
    const kept = (sharesOf(action) ?? []).filter(
      ({ group, weight }) => weight > 0 && leaving.includes(group),
    );
    return kept.map(
      ({ group }) =>
        `${title} (${targetOf(name)}) sends traffic to ${nameOf(group, names)} too, and this way back does not change it`,
    );
  });
}
