import { GetAliasCommand } from '@aws-sdk/client-lambda';
import { ALIAS } from '../parts/aliased-function.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** An alias gets another revision id with a change, and keeps it otherwise. */
export const aliasRevisionId: Question = {
  id: 'alias-revision-id',
  part: 'lambda-alias',
  looksAt: "the alias's `RevisionId`, through a release and its rollback, without provisioned concurrency",
  assumed: 'only a change of the alias gives it another one',
  look: async ({ clients, outputs }) => {
    const { FunctionVersion = '', RevisionId = '' } = await clients.lambda.send(
      new GetAliasCommand({ FunctionName: outputs('Function'), Name: ALIAS }),
    );
    return `${FunctionVersion}@${RevisionId}`;
  },
  answer: ({ seen }) => {
    if (seen.length < 2) return notSeen('the alias was seen in one state only');
    const versions = seen.map((note) => note.split('@')[0]);
    const ids = new Set(seen.map((note) => note.split('@')[1]));
    const found = `versions ${versions.join(', ')} with ${ids.size} ids`;
    const isStill = versions.every((version, index) => version !== versions[index - 1]);
    return isStill && ids.size === seen.length ? asAssumed(found) : otherwise(found);
  },
};
