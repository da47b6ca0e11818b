import type { Calendar } from '../../src/quotas/dynamodb-calendar.ts';
import { quotaNamed } from '../../src/quotas/quotas.ts';
import type { Kinds } from './create-kinds.ts';

/** Says whether the sweep leaves a kind for the next minute, because ways back wait for a quota that it would share. */
export type Rests = (kind: string) => Promise<boolean>;

/** Makes the question for one sweep: each quota is looked up once. A calendar that cannot be read holds nothing up. */
export function createRests(
  { named: kindOf }: Pick<Kinds, 'named'>,
  calendar: Pick<Calendar, 'isScarce'>,
  warn: (message: string, about: object) => void,
): Rests {
  const asked = new Map<string, Promise<boolean>>();
  const isScarce = async (name: string): Promise<boolean> => {
    const quota = quotaNamed(name);
    try {
      return quota !== null && (await calendar.isScarce(quota));
    } catch (error) {
      warn('the calendar cannot be read', { quota: name, because: String(error) });
      return false;
    }
  };
  const once = (name: string): Promise<boolean> => {
    const answer = asked.get(name) ?? isScarce(name);
    asked.set(name, answer);
    return answer;
  };
  return async (kind) => {
    const quotas = [...new Set(kindOf(kind).shares.map(({ quota }) => quota))];
    const found = await Promise.all(quotas.map(once));
    const scarce = quotas.filter((_, index) => found[index]);
    if (scarce.length > 0) warn('ways back wait: a kind is due in the next minute', { kind, scarce });
    return scarce.length > 0;
  };
}
