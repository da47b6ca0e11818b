import { ref, text } from '../cloudformation.ts';
import { alarm } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import { ALIAS, aliasedFunction, pointAt, publishBad } from './aliased-function.ts';
import type { Part } from './part.ts';

export const lambdaAlias: Part = {
  name: 'lambda-alias',
  shows: 'a Lambda function with an alias: all invocations meet the bad version',
  shares: [],
  resources: aliasedFunction('Function', {
    target: text(`lambda:\${Function}/${ALIAS}`),
    tags: FOR_LASTGOOD,
  }),
  outputs: { Function: ref('Function'), FunctionAlarm: ref('FunctionAlarm') },
  alarm: 'FunctionAlarm',
  priced: [alarm(2)],
  target: (outputs) => `lambda:${outputs('Function')}/${ALIAS}`,
  users: (outputs) => ({ functionName: outputs('Function'), alias: ALIAS }),
  release: async (clients, outputs, wait) => {
    const name = outputs('Function');
    await pointAt(clients, name, await publishBad(clients, name, wait));
  },
};
