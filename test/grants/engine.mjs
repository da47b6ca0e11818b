/*
 * Answers questions to IAM with an engine that Lastgood did not write. Reads JSON from the standard input and writes the
 * answers as JSON. Runs in a process of its own, because the licence of the engine is not that of Lastgood:
 * docs/adr/0024-a-second-opinion-on-iam.md
 */
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';

const { policies, questions } = JSON.parse(await text(process.stdin));
const answers = [];
for (const question of questions) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));

async function answer({ role, account, action, resource, context, resourcePolicy }) {
  const identityPolicies = (policies[role] ?? []).map((policy, at) => ({ name: `${role} ${at}`, policy }));
  const request = {
    principal: `arn:aws:sts::${account}:assumed-role/${role}/${role}`,
    action,
    resource: { resource, accountId: account },
    contextVariables: context,
  };
  const simulation = {
    request,
    identityPolicies,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy.length > 0 && {
      resourcePolicy: { Version: '2012-10-17', Statement: resourcePolicy },
    }),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType !== 'error') return result.overallResult;
  // The ARN of an alias could be a function's too. The engine evaluates such a question only without its own checks.
  if (result.errors.message !== 'multiple.resource.types') return `error: ${JSON.stringify(result.errors)}`;
  return runUnsafeSimulation(simulation, {});
}
