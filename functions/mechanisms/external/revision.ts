import type { Revision } from '../../../src/rollback/plan.ts';

/** The id in a plan whose system chooses what it goes back to. */
const ITS_CHOICE = 'its-last-good';

/** The revision that runs, where no deployment was reported. */
const UNKNOWN = 'unknown';

export function itsLastGood(system: string): Revision {
  return { id: ITS_CHOICE, name: `the last good revision that ${system} knows` };
}

export function unknownOf(system: string): Revision {
  return { id: UNKNOWN, name: `what ${system} runs` };
}

/** Returns the revision as the receiver reads it: null where there is no name for it. */
export function asSent({ id }: Revision): string | null {
  return id === ITS_CHOICE || id === UNKNOWN ? null : id;
}
