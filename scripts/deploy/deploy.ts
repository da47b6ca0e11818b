import { Forbidden } from '../command-line/status.ts';
import type { Caller } from './caller.ts';
import type { Checked } from './permissions.ts';
import type { Place } from './place.ts';

/** The steps of a deployment. */
export interface Steps {
  identify(): Promise<Caller>;
  check(caller: Caller): Promise<Checked>;
  install(): Promise<void>;
  /** Protects the ledger from deletion. */
  protect(): Promise<void>;
  say(line: string): void;
}

/** How many missing actions one line names. */
const MAX_NAMED = 8;

/**
 * Deploys a stage. Nothing is built before the credentials are known to suffice.
 * @param settings names of the parameters that params.yml has for the stage: its name may be misspelt there
 * @throws Forbidden naming what is missing
 */
export async function deploy(
  { stage, region }: Place,
  settings: readonly string[],
  steps: Steps,
): Promise<void> {
  const caller = await steps.identify();
  const { account, arn } = caller;
  steps.say(`Lastgood's stage ${stage} goes into account ${account} in ${region}, as ${arn}.`);
  steps.say(`params.yml sets ${settings.length === 0 ? 'nothing' : settings.join(', ')} for this stage.`);
  const checked = await steps.check(caller);
  if (checked.is === 'unchecked')
    steps.say(`Whether these credentials suffice was not checked: ${checked.because}. Going on.`);
  else if (checked.missing.length > 0) throw new Forbidden(lacking(arn, checked.missing));
  steps.say('Building and deploying. CloudFormation takes about three minutes.');
  await steps.install();
  await steps.protect();
  steps.say('Deployed. The ledger is protected from deletion.');
}

function lacking(arn: string, missing: readonly string[]): string {
  const more = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : '';
  const named = missing.slice(0, MAX_NAMED).join(', ');
  return `${arn} may not call ${named}${more}. docs/deployer-policy.json allows all that is needed.`;
}
