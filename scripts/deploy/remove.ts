import { Forbidden } from '../command-line/status.ts';
import type { Caller } from './caller.ts';
import { ledgerTables } from './ledger.ts';
import type { Place } from './place.ts';

/** The steps of a removal. */
export interface Steps {
  identify(): Promise<Caller>;
  isInstalled(): Promise<boolean>;
  /** Names of the rules on the bus that are not Lastgood's. */
  rulesOfOthers(): Promise<readonly string[]>;
  /** Asks a person. @returns the answer */
  confirm(question: string): Promise<string>;
  uninstall(): Promise<void>;
  /** @returns the names of the deleted tables */
  deleteLedger(): Promise<readonly string[]>;
  say(line: string): void;
}

export interface Choice {
  readonly withLedger: boolean;
}

/**
 * Removes a stage. Asks once, and says what is kept.
 * @throws Forbidden if the answer is no, or if the bus has rules of others: CloudFormation cannot delete such a bus
 */
export async function remove({ stage, region }: Place, { withLedger }: Choice, steps: Steps): Promise<void> {
  const { account } = await steps.identify();
  const isInstalled = await steps.isInstalled();
  if (!isInstalled && !withLedger) {
    steps.say(`Lastgood's stage ${stage} is not in account ${account} in ${region}.`);
    return;
  }
  const others = isInstalled ? await steps.rulesOfOthers() : [];
  if (others.length > 0)
    throw new Forbidden(
      `the bus lastgood-${stage} has rules of others, which must go first: ${others.join(', ')}`,
    );
  steps.say(`This removes Lastgood's stage ${stage} from account ${account} in ${region}.`);
  steps.say(kept(stage, withLedger));
  if ((await steps.confirm(`Type ${stage} to go on: `)).trim() !== stage)
    throw new Forbidden('nothing was removed');
  if (isInstalled) await steps.uninstall();
  const deleted = withLedger ? await steps.deleteLedger() : [];
  steps.say(removed(isInstalled, deleted));
}

function removed(isInstalled: boolean, deleted: readonly string[]): string {
  if (deleted.length > 0) return `Removed, with ${deleted.join(' and ')}.`;
  return isInstalled ? 'Removed.' : 'There was nothing to remove.';
}

function kept(stage: string, withLedger: boolean): string {
  const parameters = `the bucket of the reports, the parameters below /lastgood/${stage}/ and the tags of your targets`;
  return withLedger
    ? `It deletes the ledger too, for good. It keeps ${parameters}.`
    : `It keeps ${ledgerTables(stage).join(' and ')}, ${parameters}.`;
}
