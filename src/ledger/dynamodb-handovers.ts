import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isAfter } from '../rollback/time.ts';
import {
  isFinal,
  type Final,
  type HandedOver,
  type HandoverAnswer,
  type Handovers,
  type Taking,
} from './handovers.ts';
import { keepUntil } from './keep.ts';
import { readItem, type Item } from './read.ts';
import { writeIf, type Key } from './write.ts';

/** The prefix of these items' partition keys. Roles that answer may write no others. */
export const PARTITION = 'handover#';

const KEPT_DAYS = 30;

const isUnput = 'attribute_not_exists(#isPut)';
const isOpen = 'attribute_exists(#until) AND attribute_not_exists(#final)';

/** The handovers, in the claims' table. Actions used: dynamodb:UpdateItem, dynamodb:GetItem. */
export function createHandovers(client: DynamoDBDocumentClient, table: string): Handovers {
  const of: Handovers['of'] = async (id) => {
    const item = await readItem(client, table, keyOf(id));
    return item === null ? null : toHandover(id, item);
  };
  return {
    of,
    want: async ({ id, target: of, sources, wantedAt, until }) => {
      const set = { of, sources, wantedAt, until, ...keepUntil(wantedAt, KEPT_DAYS) };
      await writeIf(client, table, { key: keyOf(id), set, when: isUnput });
    },
    put: async (id) => {
      await writeIf(client, table, { key: keyOf(id), set: { isPut: true }, when: isUnput });
    },
    answer: async (id, source, answer, at) => {
      const found = await of(id);
      const refused = refusalOf(found, source, answer, at);
      if (found === null || refused !== null) return refused ?? { is: 'unknown' };
      const set = isFinal(answer) ? { final: answer } : interimOf(answer);
      const isTaken =
        Object.keys(set).length === 0 ||
        (await writeIf(client, table, { key: keyOf(id), set, when: isOpen }));
      // Another answer came at the same time, and was first.
      const now = isTaken ? found : await of(id);
      return refusalOf(now, source, answer, at) ?? { is: 'taken', handover: found };
    },
  };
}

function interimOf(answer: Exclude<HandoverAnswer, Final>): Readonly<Record<string, unknown>> {
  if (answer.state === 'running') return { progress: answer.progress };
  return answer.url === undefined ? {} : { url: answer.url };
}

function refusalOf(
  found: HandedOver | null,
  source: string,
  answer: HandoverAnswer,
  at: string,
): Taking | null {
  if (found === null) return { is: 'unknown' };
  if (!found.sources.includes(source)) return { is: 'stranger', handover: found };
  const { final } = found;
  if (final !== undefined)
    return isSame(final, answer)
      ? { is: 'taken', handover: found }
      : { is: 'answered', handover: found, final };
  return isAfter(at, found.until) ? { is: 'late', handover: found } : null;
}

function isSame(final: Final, answer: HandoverAnswer): boolean {
  return Object.entries(answer).every(([key, value]) => (final as Record<string, unknown>)[key] === value);
}

function toHandover(id: string, item: Item): HandedOver {
  const { of, sources, wantedAt, until, isPut, url, progress, final } = item as unknown as HandedOver & {
    readonly of: string;
  };
  return {
    ...{ id, target: of, sources, wantedAt, until },
    ...(isPut && { isPut }),
    ...(url !== undefined && { url }),
    ...(progress !== undefined && { progress }),
    ...(final !== undefined && { final }),
  };
}

function keyOf(id: string): Key {
  return { target: `${PARTITION}${id}`, item: 'handover' };
}
