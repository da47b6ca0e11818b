import { firstWay, type Examined } from '../../../src/rollback/first-way.ts';
import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { Candidate } from './candidates.ts';
import { canCarry, lookBehind, neededFor, tagsBehind, type Behind, type Growth } from './capacity.ts';
import type { Elb } from './elb.ts';
import { whyNotGrow, type Fleets } from './fleets.ts';
import { isSame } from './runs.ts';
import { nameOf, type Split } from './split.ts';
import { runningBehind, type Survey } from './survey.ts';

/** The division to go back to, if there is one, the groups that must grow first, and the candidates passed over. */
export type Choice =
  | { readonly to: Candidate; readonly growths: readonly Growth[]; readonly notes: readonly string[] }
  /** What would be gone back to has the traffic. */
  | { readonly to: Candidate; readonly isThere: true }
  | { readonly to: null; readonly notes: readonly string[] };

interface Clients {
  readonly elb: Elb;
  readonly fleets: Fleets;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/**
 * Takes the first candidate whose groups still run the proven revision and can carry the traffic, or could after
 * growing.
 */
export async function choose(
  candidates: readonly Candidate[],
  seen: Survey,
  clients: Clients,
): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => `cannot go back to ${revision.name}: ${why}`;
  const { way, notes } = await firstWay(candidates, says, (one) => wayOf(one, seen, clients));
  if (way === null) return { to: null, notes };
  return way.growths === null ? { to: way.to, isThere: true } : { to: way.to, growths: way.growths, notes };
}

/** Decides how a candidate is reached. `growths` is null if it has the traffic already. */
async function wayOf(
  to: Candidate,
  seen: Survey,
  clients: Clients,
): Promise<Examined<{ readonly to: Candidate; readonly growths: readonly Growth[] | null }>> {
  const look = await lookAt(to, seen, clients);
  const { blocker, doubts } = whatStands(to, look.running);
  if (blocker !== null) return { blockers: [blocker] };
  if (isSame(to.split, seen.split)) return { way: { to, growths: null }, notes: [] };
  const way = await wayTo(to, seen, look, clients);
  if (way.blocker !== null) return { blockers: [way.blocker] };
  return { way: { to, growths: way.growths }, notes: doubts };
}

/** The targets behind a candidate's groups that are not attached, and the revisions that the groups run. */
interface Behinds {
  readonly more: Behind;
  readonly running: ReadonlyMap<string, string>;
}

async function lookAt({ split }: Candidate, seen: Survey, clients: Clients): Promise<Behinds> {
  const groups = split.map(({ targetGroup }) => targetGroup);
  const more = await lookBehind(
    clients.elb,
    groups.filter((arn) => !seen.behind.has(arn)),
  );
  const running = more.size === 0 ? [] : await runningBehind(more, clients);
  return { more, running: new Map([...seen.running, ...running]) };
}

/** Compares what the groups run with what was proven there. A request for weights alone accepts what they run now. */
function whatStands(
  { split, source, isBlamedSince }: Candidate,
  running: ReadonlyMap<string, string>,
): { readonly blocker: string | null; readonly doubts: readonly string[] } {
  if (source === 'request') return { blocker: null, doubts: [] };
  const other = split.filter((share) => isOther(share, running));
  if (other.length > 0)
    return { blocker: `${namesOf(other)} no longer runs the proven revision`, doubts: [] };
  const unknown = split.filter(
    ({ targetGroup, behind }) => behind === undefined || !running.has(targetGroup),
  );
  if (unknown.length === 0) return { blocker: null, doubts: [] };
  const doubt = `it is unknown whether ${namesOf(unknown)} still runs the proven revision: AWS does not show what its targets run`;
  return isBlamedSince === true
    ? { blocker: `it was at fault after it was proven, and ${doubt}`, doubts: [] }
    : { blocker: null, doubts: [doubt] };
}

function isOther({ targetGroup, behind }: Split[number], running: ReadonlyMap<string, string>): boolean {
  const now = running.get(targetGroup);
  return behind !== undefined && now !== undefined && behind !== now;
}

function namesOf(split: Split): string {
  return split.map(({ targetGroup }) => nameOf(targetGroup)).join(' and ');
}

async function wayTo({ split }: Candidate, seen: Survey, { more }: Behinds, { elb, fleets }: Clients) {
  const carrying = canCarry(split, neededFor(seen.shares, seen.behind), {
    behind: new Map([...seen.behind, ...more]),
    tags: new Map([...seen.tags, ...(await tagsBehind(elb, more))]),
    attached: seen.shares.map(({ targetGroup }) => targetGroup),
  });
  if (carrying.blocker !== null) return carrying;
  const why = await Promise.all(carrying.growths.map((growth) => whyUseless(growth, fleets)));
  return { ...carrying, blocker: why.find((one) => one !== null) ?? null };
}

async function whyUseless({ group, to, targetGroup }: Growth, fleets: Fleets): Promise<string | null> {
  const fleet = await fleets.fleet(group);
  const refused = whyNotGrow(group, fleet, to);
  if (refused !== null || fleet === null || fleet.desired < to) return refused;
  return `${nameOf(targetGroup)} has too few healthy targets, though Auto Scaling group ${group} already wants ${fleet.desired} instances`;
}
