import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { LATTICE } from '../../../../src/readiness/ids/lattice.ts';
import { targetOf, type ForwarderName } from '../../../../src/targets/kinds/lattice/target.ts';
import type { NamedRule } from '../lattice.ts';
import { nameOf, sharesOf, type Names } from '../split.ts';
import type { GroupCheck } from './sdk.ts';

const find = findIn(LATTICE);

/** Both sides must be asked alike: a shallow check of the old side proves less than the users expect. */
export function ofChecks(all: readonly GroupCheck[], names: Names): readonly Finding[] {
  const checks = all.filter(({ asks }) => asks !== null);
  const [first, ...others] = checks;
  const other = others.find(({ asks }) => asks !== first?.asks);
  if (first === undefined || other === undefined) return [];
  return [
    find(
      'checks-differ',
      `The health checks of ${nameOf(first.group, names)} (${first.asks ?? ''}) and ${nameOf(other.group, names)} (${other.asks ?? ''}) differ, so a healthy target means less on one side.`,
      `Give both the same: aws vpc-lattice update-target-group --target-group-identifier ${other.group} --health-check path=PATH.`,
    ),
  ];
}

/** Looks at the other rules of the service: a way back does not change them, and they send users to the same side. */
export function ofPaths(
  own: ForwarderName,
  rules: readonly NamedRule[],
  groups: readonly string[],
  names: Names,
): readonly Finding[] {
  const beside = rules.filter(
    ({ name, action }) =>
      targetOf(name) !== targetOf(own) &&
      (sharesOf(action) ?? []).some(({ group, weight }) => weight > 0 && groups.includes(group)),
  );
  const [rule] = beside;
  if (rule === undefined) return [];
  const titles = beside.map(({ title }) => title).join(', ');
  const shared = (sharesOf(rule.action) ?? []).find(({ group }) => groups.includes(group));
  return [
    find(
      'path-beside',
      `Other rules of the service send traffic to ${nameOf(shared?.group ?? '', names)} too (${titles}), and a rollback does not change them.`,
      'Put the paths of one release behind one rule, or roll back each rule: tag it lastgood=auto.',
    ),
  ];
}
