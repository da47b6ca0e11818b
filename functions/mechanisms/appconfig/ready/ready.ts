import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import { profileOf } from '../../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig } from '../appconfig.ts';
import type { AlarmStates } from '../monitors.ts';
import { ofConfigurations } from './configuration.ts';
import { ofMonitors } from './monitors.ts';
import { needsOf } from './needs.ts';

export interface Clients {
  readonly appconfig: Pick<AppConfig, 'environment' | 'profile' | 'versions'>;
  readonly alarmStates: AlarmStates;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Examines a configuration profile. Its owner and its soak are in the plan. */
export function readinessWith({ appconfig, alarmStates, ledger }: Clients) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const name = profileOf(target);
    const [entries, environment, profile] = await Promise.all([
      ledger.entries(target),
      appconfig.environment(name),
      appconfig.profile(name),
    ]);
    if (environment === null || profile === null) return { findings: [] };
    const returning = returningIn(plan, provenIds(entries));
    const found = await Promise.all([
      profile.isHosted
        ? readOr(`the versions of ${profile.name}`, async () =>
            ofConfigurations(profile.name, returning, await appconfig.versions(name)),
          )
        : [],
      readOr(`the monitors of ${environment.name}`, async () =>
        ofMonitors(environment, await alarmStates(environment.monitors)),
      ),
    ]);
    return { findings: found.flat(), needs: needsOf(environment.arn, name, plan) };
  };
}
