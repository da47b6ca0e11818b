import '../paths/silence-logs.ts';
import { readdirSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { LambdaHandler } from '../../src/lambda/handler.ts';
import { definition, functionOf, type Definition } from '../paths/definition.ts';
import { START } from '../paths/machine.ts';

for (const name of [
  'LEDGER_TABLE',
  'CLAIMS_TABLE',
  'BUS_NAME',
  'OWN_NAME',
  'REPORTS_URL',
  'STATE_MACHINE_ARN',
  'STORM_MACHINE_ARN',
  'LOOKOUT_MACHINE_ARN',
  'READINESS_MACHINE_ARN',
  'SLACK_SETTINGS',
  'SLACK_API',
  'APPCONFIG_ARN',
  'CODEDEPLOY_ARN',
  'PROMETHEUS_SETTINGS',
  'PAUSE_PARAMETER',
  'BUS_ARN',
  'REGISTRATIONS',
  'AWS_LAMBDA_FUNCTION_NAME',
])
  process.env[name] = name;
process.env['AWS_REGION'] = 'eu-west-1';
process.env['STORM_TARGETS'] = '5';

const mechanisms = readdirSync(new URL('../../functions/mechanisms', import.meta.url));

/** Returns `guard claim`, `mechanism plan` … */
function calls({ States }: Definition): string[] {
  return Object.values(States).flatMap(({ Type, Parameters, Branches = [], ItemProcessor }) => [
    ...(Type !== 'Task' || Parameters === undefined
      ? []
      : [`${called(Parameters)} ${Parameters.Payload?.verb ?? ''}`]),
    ...Branches.flatMap(calls),
    ...(ItemProcessor === undefined ? [] : calls(ItemProcessor)),
  ]);
}

/** Only the mechanism is called by a name that depends on the document. */
function called({ FunctionName }: { readonly FunctionName?: string }): string {
  return FunctionName === undefined ? 'mechanism' : functionOf(FunctionName);
}

const CONTEXT = { getRemainingTimeInMillis: () => 30_000 } as Context;

/** Returns the verbs of a handler. A handler names them in the error about an unknown verb. */
async function verbsOf(folder: string, call: object): Promise<string[]> {
  const path = new URL(`../../functions/${folder}/handler.ts`, import.meta.url);
  const { handler } = (await import(/* @vite-ignore */ path.href)) as { handler: LambdaHandler };
  const refused = await handler({ verb: '?', ...call }, CONTEXT).catch((error: unknown) => error as Error);
  return (refused as Error).message.split('must be one of ')[1]?.split(', ') ?? [];
}

/** The documents of the machines, and the machines that hand them to functions. */
const DOCUMENTS = [
  [
    { rollback: {}, checking: { kind: 'ecs', request: { target: 'ecs:prod/checkout' } }, execution: 'one' },
    ['rollback', 'plan', 'list', 'storm', 'readiness'],
  ],
  [
    {
      lookout: { kind: 'ecs', target: 'ecs:prod/checkout', deployment: 'd', startedAt: START },
      execution: 'one',
    },
    ['lookout'],
  ],
] as const;

describe.each(DOCUMENTS)(
  'with %o, every function knows the verbs that a state machine calls',
  (call, machines) => {
    const called = Map.groupBy(
      machines.flatMap((name) => calls(definition(name))),
      (call) => call.split(' ')[0]!,
    );
    const folders = [...called.keys()].flatMap((name) =>
      name === 'mechanism'
        ? mechanisms.map((kind) => [name, `mechanisms/${kind}`] as const)
        : [[name, name] as const],
    );

    it.each(folders)('%s: %s', async (name, folder) => {
      const verbs = called.get(name)!.map((call) => call.split(' ')[1]!);
      expect((await verbsOf(folder, call)).toSorted()).toEqual([...new Set(verbs)].toSorted());
    });
  },
);
