import type { Candidate } from './candidates.ts';
import { canCarry, lookBehind, neededFor, tagsBehind, type Growth } from './capacity.ts';
import type { Elb } from './elb.ts';
import { whyNotGrow, type Fleets } from './fleets.ts';
import { nameOf } from './split.ts';
import type { Survey } from './survey.ts';

/** Where to go back to and what has to grow first, or that there is nowhere; and what was passed over on the way. */
export type Choice =
  | { readonly to: Candidate; readonly growths: readonly Growth[]; readonly notes: readonly string[] }
  | { readonly to: null; readonly notes: readonly string[] };

interface Clients {
  readonly elb: Elb;
  readonly fleets: Fleets;
}

/** Takes the first candidate that can carry the traffic, or could if it grew. */
export async function choose(
  candidates: readonly Candidate[],
  seen: Survey,
  clients: Clients,
): Promise<Choice> {
  const notes: string[] = [];
  for (const to of candidates) {
    const { growths, hindrance } = await waysTo(to, seen, clients);
    if (hindrance === null) return { to, growths, notes };
    notes.push(`cannot go back to ${to.revision.name}: ${hindrance}`);
  }
  return { to: null, notes };
}

async function waysTo({ split }: Candidate, seen: Survey, { elb, fleets }: Clients) {
  const groups = split.map(({ targetGroup }) => targetGroup);
  const more = await lookBehind(
    elb,
    groups.filter((arn) => !seen.behind.has(arn)),
  );
  const carrying = canCarry(split, neededFor(seen.shares, seen.behind), {
    behind: new Map([...seen.behind, ...more]),
    tags: new Map([...seen.tags, ...(await tagsBehind(elb, more))]),
    attached: seen.shares.map(({ targetGroup }) => targetGroup),
  });
  if (carrying.hindrance !== null) return carrying;
  const why = await Promise.all(carrying.growths.map((growth) => whyUseless(growth, fleets)));
  return { ...carrying, hindrance: why.find((one) => one !== null) ?? null };
}

async function whyUseless({ group, to, targetGroup }: Growth, fleets: Fleets): Promise<string | null> {
  const fleet = await fleets.fleet(group);
  const refused = whyNotGrow(group, fleet, to);
  if (refused !== null || fleet === null || fleet.desired < to) return refused;
  return `${nameOf(targetGroup)} has too few healthy targets, though Auto Scaling group ${group} already wants ${fleet.desired} instances`;
}
