import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { checkingOf, checkName } from '../../../src/lambda/start-check.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import { checksIn } from '../rollbacks.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** A story of readiness: a target is opened, perhaps spoiled, and checked. */
export interface ReadinessStory<Opened> {
  /** Without `readiness-`. */
  readonly name: string;
  readonly shows: string;
  /** Spoils the healthy target. Absent: it stays healthy. */
  readonly spoil?: (stage: Stage, opened: Opened) => Promise<void> | void;
  /** The ids of all findings, in any order, each as often as it is found. */
  readonly finds: readonly string[];
  /** Whether a rollback would work. Absent: not checked. */
  readonly ready?: Kept['ready'];
  /** A further look at the check. Returns the difference, or null. */
  readonly also?: (checked: Kept, stage: Stage) => string | null;
  /** Whether users are served at the end; true unless the story says otherwise. */
  readonly served?: boolean;
  readonly parameters?: Scenario['parameters'];
  readonly attached?: Scenario['attached'];
  /** The end of a story in which Lastgood goes back. Absent: it starts nothing. */
  readonly ends?: Pick<Ending, 'outcome' | 'writes' | 'executions'>;
  /** Moves of traffic to a side without capacity that the story makes. */
  readonly movedByPeople?: RegExp;
}

/** Returns scenarios of a kind. `open` opens a healthy target, on which a check finds nothing. */
export function readinessStories<Opened>(
  target: string | ((opened: Opened) => string),
  open: (stage: Stage) => Promise<Opened>,
  stories: readonly ReadinessStory<Opened>[],
): readonly (Scenario & Pick<ReadinessStory<Opened>, 'finds'>)[] {
  return stories.map(({ name, shows, spoil, parameters, attached, ...story }) => ({
    name: `readiness-${name}`,
    ...{ shows, target: typeof target === 'string' ? target : 'known once it is opened' },
    ...(parameters !== undefined && { parameters }),
    ...(attached !== undefined && { attached }),
    async play(stage) {
      const opened = await open(stage);
      await spoil?.(stage, opened);
      await checkNow(stage, typeof target === 'string' ? target : target(opened));
    },
    ends: endOf(story),
    finds: story.finds,
  }));
}

function endOf<Opened>({
  finds,
  ready,
  also,
  served = true,
  movedByPeople,
  ends = { outcome: 'none', writes: [], executions: 0 },
}: Omit<ReadinessStory<Opened>, 'name' | 'shows' | 'spoil' | 'parameters' | 'attached'>): Ending {
  return {
    ...{ ...ends, served },
    ...(movedByPeople !== undefined && { movedByPeople }),
    also: (stage) => {
      const checked = lastCheck(stage);
      if (checked === null) return 'there is no check';
      const found = checked.findings.map(({ id }) => id).toSorted();
      if (found.join() !== finds.toSorted().join())
        return `it found [${checked.findings.map(({ id, says }) => `${id}: ${says}`).join(' | ')}], not [${finds.join(', ')}]`;
      if (ready !== undefined && checked.ready !== ready) return `ready is ${checked.ready}, not ${ready}`;
      return also?.(checked, stage) ?? null;
    },
  };
}

/** Checks a target as the command does, and waits for the end. */
export async function checkNow(stage: Stage, target: string): Promise<Kept | null> {
  const check = { target, occasion: 'asked', id: stage.world.clock.iso() } as const;
  stage.call('states', 'StartExecution', {
    stateMachineArn: arn('states', 'stateMachine:lastgood-prod-readiness'),
    name: checkName(check),
    input: JSON.stringify(checkingOf(check)),
  });
  await stage.until('the check is over', () => checksIn(stage.runtime).at(-1)?.status !== 'RUNNING', 30);
  return lastCheck(stage);
}

/** Returns the last check that ended well, or null. */
export function lastCheck({ runtime }: Stage): Kept | null {
  const last = checksIn(runtime).findLast(({ status }) => status === 'SUCCEEDED');
  return last === undefined ? null : (last.output as Kept);
}
