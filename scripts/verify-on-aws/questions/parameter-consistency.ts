import { GetParametersCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { asAssumed, otherwise, type Question, type Shown } from './question.ts';

const [TIMES, ASSUMED_SECONDS] = [5, 1];

/** GetParameters returns a new value within a second. Lastgood never reads the value of this parameter. */
export const parameterConsistency: Question = {
  id: 'parameter-consistency',
  part: 'external-system',
  looksAt: `GetParameters at once after PutParameter and ${ASSUMED_SECONDS} second later, ${TIMES} times`,
  assumed: `the new value is there ${ASSUMED_SECONDS} second later`,
  answer: async (shown) => {
    const Name = shown.outputs('ExternalRegistration');
    let [early, late] = [0, 0];
    for (let time = 1; time <= TIMES; time++) {
      const Value = `written for the time ${time}`;
      await shown.clients.ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
      if ((await valueOf(shown, Name)) !== Value) early++;
      await shown.wait(ASSUMED_SECONDS);
      if ((await valueOf(shown, Name)) !== Value) late++;
    }
    const found = `an old value came ${early} times at once, and ${late} times a second later`;
    return late === 0 ? asAssumed(found) : otherwise(found);
  },
};

async function valueOf({ clients: { ssm } }: Shown, name: string): Promise<string | undefined> {
  const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names: [name] }));
  return Parameters[0]?.Value;
}
