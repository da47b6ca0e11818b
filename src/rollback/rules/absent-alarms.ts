import { act, type Rule } from './rule.ts';

/** An alarm that does not exist is never OK, so the rollback would end without a proof. */
export const hasAllAlarms: Rule = ({ facts: { absentAlarms } }) =>
  absentAlarms?.known === true
    ? absentAlarms.is.map((name) =>
        act(
          `Alarm ${JSON.stringify(name)} is watched and does not exist: health could not be proven. An alarm with spaces in its name needs a tag of its own, such as lastgood:alarm:1.`,
        ),
      )
    : null;
