import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { openApi, pointsAt, TARGET, type ApiOptions } from '../lambda/api.ts';
import type { Cause } from '../../../src/rollback/evidence.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { installSlack } from '../slack/oncall.ts';
import { allOf, documentOf, found, linesOf, triaged } from './found.ts';

const REQUEST = '8f507cfc-1b4a-4c1c-9d3e-2f6a7b8c9d0e';

/** Plays a release whose invocations fail, and what they log. */
function failing(logs: readonly string[], options: ApiOptions = {}): Scenario['play'] {
  return async (stage) => {
    const api = await openApi(stage, options);
    installSlack(stage, ['lambda:checkout/*']);
    api.release({ errorRate: 0.4, logs });
    await stage.aftermath();
  };
}

function back(cause: Cause, also: NonNullable<Ending['also']>): Ending {
  return {
    cause,
    outcome: 'rolled-back',
    served: true,
    writes: ['UpdateAlias'],
    also: allOf((stage) => pointsAt(stage, '1'), also),
  };
}

/** Lines of a function that prints what it must not, each with a secret. */
const CARELESS = [
  `ERROR login ${SECRET_MARK} of checkout was refused`,
  `ERROR ${JSON.stringify({ message: 'refused', password: `${SECRET_MARK} two` })}`,
  `ERROR DB_LOGIN=${SECRET_MARK} three`,
  `ERROR ${Buffer.from(`${SECRET_MARK} of checkout`).toString('base64')}`,
] as const;

/** Causes of failed invocations. The lines are those of Lambda and its runtimes. */
export const functionCauses: readonly Scenario[] = [
  {
    name: 'evidence-lambda-import-error',
    shows: 'a module was left out of the bundle: the function fails while it starts',
    target: TARGET,
    play: failing([
      `2026-11-22T02:20:00.000Z\tundefined\tERROR\tUncaught Exception\t{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'pg'"}`,
      `INIT_REPORT Init Duration: 212.40 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError`,
    ]),
    ends: back(
      'crash',
      allOf(triaged(/fails while it starts[^]*ImportModuleError/), found('function logs', /pg/)),
    ),
  },
  {
    name: 'evidence-lambda-out-of-memory',
    shows: 'the runtime is killed for its memory: the likely cause is out of memory',
    target: TARGET,
    play: failing([
      `RequestId: ${REQUEST} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
      `REPORT RequestId: ${REQUEST}\tDuration: 912.00 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.OutOfMemory`,
    ]),
    ends: back('out-of-memory', triaged(/function ran out of memory/)),
  },
  {
    name: 'evidence-lambda-timeout',
    shows: 'invocations run into the timeout of the function: that is the likely cause',
    target: TARGET,
    play: failing([`2026-11-22T02:20:03.000Z ${REQUEST} Task timed out after 3.00 seconds`]),
    ends: back('timeout', triaged(/runs into its timeout/)),
  },
  {
    name: 'evidence-lambda-permission',
    shows: 'the role of the function may not read a table: the likely cause is the permission',
    target: TARGET,
    play: failing([
      'ERROR AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/checkout/checkout is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/carts',
    ]),
    ends: back('permission', triaged(/lacks dynamodb:Query/)),
  },
  {
    name: 'evidence-lambda-dependency',
    shows: 'the function cannot reach its database: the likely cause is the dependency',
    target: TARGET,
    play: failing(['ERROR Error: connect ECONNREFUSED 10.0.9.17:5432']),
    ends: back('dependency', triaged(/ECONNREFUSED/)),
  },
  {
    name: 'evidence-lambda-error',
    shows: 'the code throws, in a log group that functions share: the likely cause names the error',
    target: TARGET,
    play: failing(
      [
        `2026-11-22T02:20:00.000Z\t${REQUEST}\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"cart is not iterable"}`,
      ],
      { logGroup: '/shop/functions' },
    ),
    ends: back('crash', triaged(/fails with TypeError/)),
  },
  {
    name: 'evidence-lambda-careless-log',
    shows: 'a function logs its environment: none of it is in any output',
    target: TARGET,
    play: failing([...CARELESS, 'ERROR TypeError: cart is not iterable']),
    ends: back(
      'crash',
      allOf(triaged(/fails/), (stage) => {
        const lines = linesOf(stage, 'function logs');
        const encoded = JSON.stringify(documentOf(stage)).includes(
          Buffer.from(SECRET_MARK).toString('base64'),
        );
        if (encoded) return 'the document holds a secret in Base64';
        const masked = lines.filter((line) => line.includes('***'));
        return masked.length === CARELESS.length
          ? null
          : `masked are ${masked.join(' | ')} of ${lines.join(' | ')}`;
      }),
    ),
  },
];
