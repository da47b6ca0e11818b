/** How the name of a rehearsal's execution begins. Those of other rollbacks begin with a kind of target. */
export const REHEARSAL_PREFIX = 'rehearsal-';
