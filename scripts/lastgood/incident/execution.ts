/** An execution, as given on the command line. */
export type Named =
  | { readonly name: string }
  | { readonly name: string; readonly arn: string; readonly region: string; readonly stage: string };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
const ARN = /^arn:aws[a-z-]*:states:([a-z0-9-]+):\d{12}:execution:([^:]+):([^:]+)$/;

const MACHINE = /^lastgood-([A-Za-z0-9-]+)-rollback$/;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/;

/** Reads an execution's ARN or name. */
export function readExecution(text: string): Named | { readonly problem: string } {
  if (!text.startsWith('arn:'))
    return NAME.test(text) ? { name: text } : { problem: 'is no name of an execution' };
  const [, region, machine = '', name] = ARN.exec(text) ?? [];
  if (region === undefined || name === undefined) return { problem: 'is no ARN of an execution' };
  const [, stage] = MACHINE.exec(machine) ?? [];
  if (stage === undefined) return { problem: `is one of ${machine}, and not of a rollback of Lastgood` };
  return { name, arn: text, region, stage };
}
