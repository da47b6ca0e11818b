import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openStage, type Stage } from '../scenarios/stage.ts';
import { haveEnded } from '../scenarios/rollbacks.ts';
import { ACTS } from './acts/all.ts';
import { FAULTS } from './faults/all.ts';
import type { Ground, Subject } from './ground.ts';
import { groundNamed } from './grounds.ts';
import { INVARIANTS } from './invariants/all.ts';
import type { Judged } from './invariants/invariant.ts';
import { noteCapacity } from './capacity.ts';
import { denyFromTheBeginning } from './denied.ts';
import { noteHarm } from './harm.ts';
import { noteMoves } from './moves.ts';
import { Neighbours } from './neighbours.ts';
import type { Entry, Night, Tagged } from './night.ts';
import { ON_CALL } from './on-call.ts';
import { Releases } from './releases.ts';
import { putScaling } from './scaling.ts';
import type { Step, Story } from './story.ts';

/** What a story came to. */
export interface Played {
  readonly breaches: readonly Breach[];
  readonly reached: Reached;
  /** Milliseconds of processor time for ten simulated minutes. */
  readonly cpuMs: number;
  readonly simulatedMinutes: number;
}

export interface Breach {
  readonly invariant: string;
  readonly saw: string;
}

/** Names of what the story reached, each once. */
export interface Reached {
  readonly kinds: readonly string[];
  readonly controllers: readonly string[];
  readonly strategies: readonly string[];
  readonly faults: readonly string[];
  readonly states: readonly string[];
  readonly invariants: readonly string[];
}

/** A sweep proves what has soaked within so long. */
const SWEEP_MINUTES = 5;

const MINUTE_MS = 60_000;
/** A rollback with every rung, deadline and question ends within so long; the backstop finds the rest. */
const LONGEST_ROLLBACK_MINUTES = 8 * 60;
/** After the last rollback: the backstop and late events. */
const AFTERMATH_MINUTES = 12;

/** Plays a story and judges it by every invariant. */
export async function playStory(story: Story, onEnd?: (night: Night) => void): Promise<Played> {
  const begun = process.cpuUsage();
  const { interleaved } = story.settings;
  const ground = groundNamed(story.ground);
  const { beside = [] } = ground;
  const stage = await openStage({ seed: story.seed, fast: true, interleaved, beside });
  try {
    const night = await opened(story, ground, stage);
    await runSteps(night);
    onEnd?.(night);
    const judged = await judge(night);
    const { user, system } = process.cpuUsage(begun);
    const simulatedMinutes = (stage.world.clock.now() - stage.world.startedAt) / MINUTE_MS;
    return {
      breaches: judged.flatMap(({ name, broken }) => (broken ?? []).map((saw) => ({ invariant: name, saw }))),
      reached: reachedIn(
        night,
        judged.filter(({ broken }) => broken !== null).map(({ name }) => name),
      ),
      cpuMs: (user + system) / 1000 / (simulatedMinutes / 10),
      simulatedMinutes,
    };
  } finally {
    await stage.close();
  }
}

async function judge(night: Night): Promise<readonly { readonly name: string; readonly broken: Judged }[]> {
  const judged = [];
  for (const one of INVARIANTS) judged.push({ name: one.name, broken: await one.broken(night) });
  return judged;
}

async function opened(story: Story, ground: Ground, stage: Stage): Promise<Night> {
  const people = stage.slack.install(stage.runtime, [{ targets: ['*'], users: [ON_CALL] }]);
  const releases = new Releases(stage.world.clock);
  const first = releases.make('good');
  denyFromTheBeginning(stage, story.settings);
  const opened = await ground.open(stage, story.settings, first);
  const { tagged, subject } = notingTags(opened, story, stage);
  putScaling(stage, story.settings, subject.target, releases);
  const neighbours = neighboursIn(story, stage);
  await stage.minutes(story.settings.proven ? soakIn(story) + SWEEP_MINUTES : 1);
  const capacity = noteCapacity({ stage, subject });
  const noted = { capacity, harm: noteHarm({ stage }), moves: noteMoves({ stage, subject }) };
  return { story, ground, stage, people, subject, releases, neighbours, diary: [], tagged, ...noted };
}

/** Opens other targets where the story needs some, because each costs time. */
function neighboursIn({ steps }: Story, stage: Stage): Neighbours | null {
  const counts = steps.flatMap(({ what, with: given }) => {
    if (what === 'neighbours-suffer') return Number(given['count']);
    return what === 'dependency-suffers' ? 1 : [];
  });
  return counts.length === 0 ? null : new Neighbours(stage, Math.max(...counts));
}

/** Notes which tags the target has when, because only the ground knows where AWS keeps them. */
function notingTags(
  subject: Subject,
  { settings: { tags } }: Story,
  { world: { clock, startedAt } }: Stage,
): Pick<Night, 'subject' | 'tagged'> {
  const tagged: Tagged[] = [{ at: startedAt, tags }];
  const tag: Subject['tag'] = (next) => {
    subject.tag(next);
    tagged.push({ at: clock.now(), tags: next });
  };
  return { tagged, subject: { ...subject, tag } };
}

/** Returns the minutes of a soak, which is half an hour without a tag. */
function soakIn({ settings: { tags } }: Story): number {
  return Number(tags['lastgood:soak'] ?? 30);
}

async function runSteps(night: Night): Promise<void> {
  const { clock } = night.stage.world;
  const start = clock.now();
  const ends: (() => void)[] = [];
  const { steps, minutes } = night.story;
  // What would come after the end is no part of the story: a fault of then would never end.
  for (const step of steps.filter(({ at }) => at < minutes * 60))
    clock.at(start + step.at * 1000, () => run(night, step, ends));
  await night.stage.minutes(minutes);
  // From here on the world is well again, so that what waits can end.
  for (const end of ends.splice(0)) end();
  await clock.run(() => haveEnded(night.stage.runtime), clock.now() + LONGEST_ROLLBACK_MINUTES * MINUTE_MS);
  await night.stage.minutes(AFTERMATH_MINUTES);
}

/** Runs one step. What AWS refuses is noted, as a pipeline or a person would see it. */
function run(night: Night, { what, with: given }: Step, ends: (() => void)[]): void {
  const at = night.stage.world.clock.now();
  const act = ACTS.find(({ name }) => name === what);
  try {
    if (act === undefined) {
      beginFault(night, what, given, ends);
      return;
    }
    const release = act.do(night, given);
    night.diary.push({ at, by: act.by, what, given, ...(release !== null && { release }) });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    night.diary.push({ at, by: act?.by ?? 'fault', what, given, refused: `${error.code}: ${error.message}` });
  }
}

function beginFault(night: Night, what: string, given: Step['with'], ends: (() => void)[]): void {
  const fault = FAULTS.find(({ name }) => name === what);
  if (fault === undefined) throw new Error(`no act and no fault is named ${what}`);
  const { clock } = night.stage.world;
  const entry: Entry = { at: clock.now(), by: 'fault', what, given };
  const healed = fault.begin(night, given);
  night.diary.push(entry);
  const end = (): void => {
    entry.until = clock.now();
    try {
      healed();
    } catch (error) {
      // Of what a fault took away, AWS may have lost more since: a deleted alarm cannot be enabled.
      if (!(error instanceof AwsError)) throw error;
    }
  };
  ends.push(end);
  clock.after(Number(given['seconds'] ?? 0) * 1000, () => {
    const place = ends.indexOf(end);
    if (place < 0) return;
    ends.splice(place, 1);
    end();
  });
}

function reachedIn({ ground, stage, diary }: Night, invariants: readonly string[]): Reached {
  const faults = diary.filter(({ by }) => by === 'fault').map(({ what }) => what);
  const states = stage.runtime
    .executions()
    .flatMap(({ arn, states }) => states.map(({ name }) => `${machineOf(arn)}.${name}`));
  return {
    kinds: [ground.kind],
    controllers: [`${ground.kind}/${ground.controller}`],
    strategies: [`${ground.kind}/${ground.controller}/${ground.strategy}`],
    faults: [...new Set(faults)],
    states: [...new Set(states)],
    invariants,
  };
}

/** `rollback` of `arn:…:execution:lastgood-prod-rollback:name`. */
function machineOf(arn: string): string {
  return arn.split(':')[6]?.replace('lastgood-prod-', '') ?? '';
}
