/** A public list price in USD, without free tiers. */
interface Price {
  readonly usd: number;
  /** The number of units that it pays for. */
  readonly per: number;
}

const MILLION = 1_000_000;

/**
 * List prices of eu-west-1, November 2026. The pages show them by Region. Those of DynamoDB are half of what they were
 * before November 2024, as AWS announced.
 */
export const PRICES = {
  /** Arm. https://aws.amazon.com/lambda/pricing/ */
  lambdaGbSeconds: { usd: 0.0000133334, per: 1 },
  lambdaRequests: { usd: 0.2, per: MILLION },
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamodbReadUnits: { usd: 0.1415, per: MILLION },
  dynamodbWriteUnits: { usd: 0.7068, per: MILLION },
  /** A month. The first 25 GB are free, and left out as all free tiers. */
  dynamodbGb: { usd: 0.283, per: 1 },
  /** Standard workflows. https://aws.amazon.com/step-functions/pricing/ */
  stateTransitions: { usd: 0.025, per: 1000 },
  /** Custom events of up to 64 KB; those of AWS services and schedules are free. https://aws.amazon.com/eventbridge/pricing/ */
  customEvents: { usd: 1, per: MILLION },
  /** https://aws.amazon.com/xray/pricing/ */
  traces: { usd: 5, per: MILLION },
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  logGb: { usd: 0.57, per: 1 },
  alarms: { usd: 0.1, per: 1 },
  metricsRead: { usd: 0.01, per: 1000 },
  images: { usd: 0.02, per: 1000 },
  /** Every other request to CloudWatch. The page names some that are free at first, and none that always is. */
  cloudwatchRequests: { usd: 0.01, per: 1000 },
  /** https://aws.amazon.com/sqs/pricing/ */
  queueRequests: { usd: 0.4, per: MILLION },
} as const satisfies Readonly<Record<string, Price>>;

export type Item = keyof typeof PRICES;

/** How much of each item a month takes. */
export type Amounts = Readonly<Record<Item, number>>;

/** Returns the price of each item in USD. */
export function priced(amounts: Amounts): Readonly<Record<Item, number>> {
  const items = Object.keys(PRICES) as Item[];
  return Object.fromEntries(
    items.map((item) => [item, (amounts[item] / PRICES[item].per) * PRICES[item].usd]),
  ) as Record<Item, number>;
}
