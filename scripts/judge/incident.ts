import * as z from 'zod/mini';
import { InvalidTag } from '../../src/rollback/errors.ts';
import { readSettings } from '../../src/rollback/settings.ts';

/** The exchange format `lastgood-incident/1`: what AWS would have shown around one alarm of one target. */
export const FORMAT = 'lastgood-incident/1';

const instant = z.iso.datetime();
const state = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const relation = z.enum(['this', 'dependency', 'caller', 'neighbour', 'unknown']);
const metric = z.enum(['requests', 'errors', 'latency', 'cpu', 'memory', 'healthyHosts']);
const positive = z.number().check(z.positive());
const list = <T extends z.ZodMiniType>(item: T) => z._default(z.array(item), []);

const alarm = z.object({
  name: z.string(),
  type: z.enum(['metric', 'composite']),
  target: z.optional(z.string()),
  relation,
  metric: z.optional(z.string()),
  periodSeconds: z.optional(positive),
  evaluationPeriods: z.optional(positive),
  datapointsToAlarm: z.optional(positive),
  threshold: z.optional(z.number()),
  treatMissingData: z.optional(z.string()),
  state,
  /** Absent: it can no longer be read. */
  history: z.optional(z.array(z.object({ at: instant, from: state, to: state }))),
});

const deployment = z.object({
  id: z.string(),
  target: z.string(),
  relation,
  startedAt: instant,
  finishedAt: z.optional(instant),
  state: z.enum(['in-flight', 'completed', 'failed', 'rolling-back']),
  revision: z.optional(z.object({ id: z.string(), name: z.string(), content: z.optional(z.string()) })),
  replaced: z.optional(z.string()),
  changes: z.optional(z.array(z.string())),
  /** Added by Lastgood to the format: a rollback brought this back. */
  isRollback: z.optional(z.boolean()),
  /** Added by Lastgood: two distant sights between which it began, where AWS keeps no history. */
  sights: z.optional(z.object({ notBefore: instant, seenAt: instant })),
});

const series = z.object({
  metric,
  stat: z.optional(z.string()),
  unit: z.optional(z.string()),
  of: z.object({
    target: z.string(),
    relation,
    revision: z.optional(z.string()),
    zone: z.optional(z.string()),
  }),
  start: instant,
  periodSeconds: positive,
  values: z.array(z.nullable(z.number())),
});

const stoppedTask = z.object({
  at: instant,
  revision: z.string(),
  stopCode: z.optional(z.string()),
  stoppedReason: z.optional(z.string()),
  container: z.optional(z.string()),
  exitCode: z.optional(z.number()),
});

const observed = {
  id: z.string(),
  target: z.object({
    name: z.string(),
    strategy: z.optional(z.string()),
    tags: z.record(z.string(), z.string()),
  }),
  trigger: z.object({ alarm: z.string(), at: instant, previously: z.optional(state) }),
  decidedAt: instant,
  alarms: z.array(alarm),
  deployments: z.array(deployment),
  series: list(series),
  stoppedTasks: z.optional(z.array(stoppedTask)),
  changes: z.optional(
    z.array(
      z.object({
        at: instant,
        kind: z.enum(['flag', 'parameter', 'secret', 'permission', 'infrastructure']),
        subject: z.string(),
        relation,
        source: z.optional(z.string()),
      }),
    ),
  ),
  scaling: z.optional(z.array(z.object({ at: instant, from: z.number(), to: z.number() }))),
  ledger: list(
    z.object({ revision: z.string(), state: z.enum(['candidate', 'proven', 'condemned']), at: instant }),
  ),
  lastKnownGood: z.optional(z.nullable(z.string())),
  rollbacks: list(
    z.object({
      startedAt: instant,
      endedAt: z.optional(instant),
      outcome: z.optional(z.enum(['rolled-back', 'skipped', 'failed-clean', 'failed-dirty'])),
      automatic: z.boolean(),
      from: z.optional(z.string()),
    }),
  ),
};

const truth = z.object({
  cause: z.string(),
  shouldAct: z.boolean(),
  set: z.optional(z.string()),
});

const Later = z.object(observed);
const Incident = z.object({
  format: z.literal(FORMAT),
  ...observed,
  later: list(Later),
  truth: z.optional(truth),
});

/** One look at an incident. */
export type Observed = z.infer<typeof Later>;
export type Incident = z.infer<typeof Incident>;

/** One look, and the whole file, as they are written. */
export type WrittenLook = z.input<typeof Later>;
export type Written = z.input<typeof Incident>;

/** A file that cannot be read; the message names the field. */
export class Unreadable extends Error {}

/** @throws Unreadable naming the first wrong field */
export function readIncident(input: unknown): Incident {
  const read = Incident.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    const field = issue?.path.join('.') ?? '';
    throw new Unreadable(`${field === '' ? 'the incident' : field}: ${issue?.message ?? 'is not readable'}`);
  }
  checkLook(read.data, '');
  read.data.later.forEach((one, at) => {
    checkLook(one, `later.${at}.`);
  });
  return read.data;
}

/** Checks rules that span several fields. */
function checkLook({ target, trigger, alarms, deployments }: Observed, before: string): void {
  const problem = problemOfTags(target.tags);
  if (problem !== null) throw new Unreadable(`${before}target.tags: ${problem}`);
  if (!alarms.some(({ name, relation: of }) => name === trigger.alarm && of === 'this'))
    throw new Unreadable(`${before}trigger.alarm: ${trigger.alarm} is not among the alarms of the target`);
  const nameless = deployments.findIndex(({ relation: of, revision }) => of === 'this' && !revision);
  if (nameless >= 0)
    throw new Unreadable(`${before}deployments.${nameless}.revision: a deployment of the target needs one`);
}

function problemOfTags(tags: Observed['target']['tags']): string | null {
  try {
    readSettings(tags);
    return null;
  } catch (error) {
    if (error instanceof InvalidTag) return error.message;
    throw error;
  }
}
