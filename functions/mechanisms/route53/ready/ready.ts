import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Examination, Examining, Need } from '../../../../src/readiness/examination.ts';
import type { Finding } from '../../../../src/readiness/finding.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import { recordOf } from '../../../../src/targets/kinds/route53/target.ts';
import { lifetimeOf } from '../lifetimes.ts';
import type { Route53, WeightedRecord } from '../route53.ts';
import { readRun } from '../runs.ts';
import { weightsOf } from '../supported.ts';
import { changesNothing } from '../weights.ts';
import { ofHealth, ofLifetime, ofPresence, serving } from './records.ts';

export interface Clients {
  readonly route53: Pick<Route53, 'records' | 'healthCheck'>;
  readonly ledger: Pick<Ledger, 'entries'>;
  /** Returns the ARN of a hosted zone. */
  readonly zoneArn: (zone: string) => string;
}

/** Examines weighted records. Their owner and the load balancers behind them are in the plan. */
export function readinessWith({ route53, ledger, zoneArn }: Clients) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const name = recordOf(target);
    const [entries, records] = await Promise.all([ledger.entries(target), route53.records(name)]);
    if (records === null) return { findings: [] };
    const present = weightsOf(records);
    const runs = (id: string) => changesNothing(readRun(id)?.weights ?? {}, present);
    const back = returningIn(plan, provenIds(entries), runs).find(({ isBack }) => isBack);
    const weights = readRun(back?.id ?? '')?.weights ?? {};
    const found = await Promise.all([
      ...records
        .filter(({ identifier }) => serving(weights).includes(identifier))
        .map((record) =>
          readOr(`the health check of record ${record.identifier}`, () => healthOf(record, route53)),
        ),
      readOr(`the TTL of ${name.name}`, async () => ofLifetime(await lifetimeOf(records, name, route53))),
    ]);
    const gone = back === undefined ? [] : ofPresence(weights, records, back);
    return { findings: [...gone, ...found.flat()], needs: [needOf(zoneArn(name.zone), name.type)] };
  };
}

async function healthOf(
  record: WeightedRecord,
  route53: Pick<Route53, 'healthCheck'>,
): Promise<readonly Finding[]> {
  const { healthCheck } = record;
  return ofHealth(record, healthCheck === null ? null : await route53.healthCheck(healthCheck));
}

/** No action of Route 53 knows the tags of a zone (Service Authorization Reference, Amazon Route 53). */
function needOf(zone: string, type: string): Need {
  return {
    actions: ['route53:ChangeResourceRecordSets'],
    resources: [zone],
    context: {
      'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
      'route53:ChangeResourceRecordSetsRecordTypes': [type],
    },
  };
}
