/** Returns `checkout-blue` of `arn:…:targetgroup/checkout-blue/6d0ecf831eec9f09`. */
export function nameOf(arn: string): string {
  return arn.split('/')[1] ?? arn;
}
