import type { NoSides } from '../../../src/lookout/document.ts';
import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { groupOf } from '../../../src/targets/kinds/codedeploy/target.ts';
import { versionOf } from './app-spec.ts';
import { metersOf } from './meters.ts';
import type { Clients } from './plan.ts';
import type { Release } from './releases.ts';
import { survey } from './survey.ts';

/**
 * Reads the sides of a deployment of CodeDeploy. A shift of an alias measures both versions. Instances of both sides are
 * in the same target groups, so no metric measures one of them alone. Every deployment of the account begins with an
 * event, so a group that is not followed costs two calls.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const { codedeploy } = clients;
    const name = groupOf(followed.target);
    const group = await codedeploy.group(name);
    if (group === null) return { state: 'none', reason: 'There is no such deployment group.' };
    const [service] = group.services;
    if (service !== undefined) return asService(service);
    const tags = await codedeploy.tags(name);
    if (readSettings(tags).lookout === 'off')
      return { state: 'none', reason: 'The deployment group has no tag lastgood:lookout.' };
    const read = { group: () => Promise.resolve(group), tags: () => Promise.resolve(tags) };
    const known = { ...clients, codedeploy: { ...codedeploy, ...read } };
    const seen = await survey(plannable(followed, clients.now()), known);
    const { rollout, targetGroups } = seen;
    if (rollout === null) return { state: 'none', reason: 'Nothing was ever deployed to this group.' };
    const { recent, releases } = rollout;
    const shift = releases.find(({ id }) => id === recent[0]?.id)?.shift ?? null;
    const plan = { tags, recent, meters: metersOf(seen.group, targetGroups, shift) };
    const groups = targetGroups.filter(({ isUsed }) => isUsed).map(({ arn }) => arn);
    return sidesFrom(plan, followed, () => ({ groups }), replacedBy(shift));
  };
}

/** A service of ECS is a target of its own, with sides of its own. */
function asService(service: string): Omit<NoSides, 'at'> {
  const target = `ecs:${service}`;
  return {
    state: 'none',
    reason: `It deploys ${target}, which is followed as a target of its own.`,
    instead: { kind: 'ecs', target },
  };
}

/** Returns the version that the alias named before, which a shift names itself. */
function replacedBy(shift: Release['shift']) {
  return shift === null ? undefined : versionOf(shift.functionName, shift.current);
}
