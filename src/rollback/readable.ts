/** No digit of a name, of a version or of a clock time: those are not rounded. */
const LONG_DECIMAL = /(?<![\w.:/-])\d+\.\d{2,}(?!\.?\d)/g;

/** Rounds long decimals in a text to three significant digits, and never before the point. */
export function rounded(text: string): string {
  return text.replaceAll(LONG_DECIMAL, (number) => {
    const value = Number(number);
    return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
  });
}

/**
 * Returns CloudWatch's reason of an alarm for people. CloudWatch writes 16 digits, and how many datapoints turn an alarm.
 */
export function readableReason(reason: string): string {
  return rounded(reason).replaceAll(/ \(minimum \d+ datapoints? for \S+ -> \S+ transition\)/g, '');
}

const MEMBER = /\bslack:([UW][A-Z0-9]{1,30})\b/g;

/** Names the people in a text for a reader outside of Slack, which alone knows the name behind a member id. */
export function withPeople(text: string): string {
  return text.replaceAll(MEMBER, 'Slack member $1');
}
