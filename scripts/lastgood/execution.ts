import { WrongUse } from '../command-line/status.ts';
import type { Place } from './place.ts';

/** An execution, as given on the command line. */
export type Named =
  | { readonly name: string }
  | { readonly name: string; readonly arn: string; readonly region: string; readonly stage: string };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
const ARN = /^arn:aws[a-z-]*:states:([a-z0-9-]+):\d{12}:execution:([^:]+):([^:]+)$/;

const MACHINE = /^lastgood-([A-Za-z0-9-]+)-rollback$/;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/;

/** The argument of all verbs that take an execution. */
export const EXECUTION = [
  '<EXECUTION>',
  'of the state machine lastgood-STAGE-rollback: its ARN, or its name',
] as const;

/**
 * Reads an execution's ARN or name.
 * @throws WrongUse
 */
export function readExecution(text: string): Named {
  if (!text.startsWith('arn:')) {
    if (!NAME.test(text)) throw new WrongUse('EXECUTION is no name of an execution');
    return { name: text };
  }
  const [, region, machine = '', name] = ARN.exec(text) ?? [];
  if (region === undefined || name === undefined) throw new WrongUse('EXECUTION is no ARN of an execution');
  const [, stage] = MACHINE.exec(machine) ?? [];
  if (stage === undefined)
    throw new WrongUse(`EXECUTION is one of ${machine}, and not of a rollback of Lastgood`);
  return { name, arn: text, region, stage };
}

/**
 * Returns the place of an execution. An ARN holds the Region and the stage.
 * @throws WrongUse where an option contradicts the ARN
 */
export function readPlaceOf(execution: Named, place: Place): Place {
  if (!('arn' in execution)) return place;
  const { region, stage } = execution;
  if ((place.region ?? region) !== region) throw new WrongUse(`--region is not that of EXECUTION, ${region}`);
  if (place.isDefaultStage !== true && place.stage !== stage)
    throw new WrongUse(`--stage is not that of EXECUTION, ${stage}`);
  const { endpoint } = place;
  return { region, stage, ...(endpoint !== undefined && { endpoint }) };
}
