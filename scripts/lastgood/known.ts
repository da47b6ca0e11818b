/** Warns that nothing is known of a target: a typing error would look the same. */
export function warnOfUnknown(target: string): void {
  console.error(
    `lastgood: warning: the ledger knows no deployment of ${target}. Is it spelled as in the list of lastgood?`,
  );
}
