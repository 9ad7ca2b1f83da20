import type { ActualBody } from '@jiheng/contract';
import type { Actual } from '@jiheng/domain';

/** The domain's actual from the wire's. */
export function toActual(body: ActualBody): Actual {
  switch (body.kind) {
    case 'REPORTED': {
      const { kind, magnitude, unit, numerator = null, denominator = null } = body;
      return numerator === null && denominator === null ? { kind, magnitude, unit } : { kind, magnitude, unit, numerator, denominator };
    }
    case 'JUDGED': {
      const { kind, grade, share, note = null } = body;
      return note === null ? { kind, grade, share } : { kind, grade, share, note };
    }
    case 'ANSWERED': {
      const { kind, answer, deduction = null } = body;
      return deduction === null ? { kind, answer } : { kind, answer, deduction };
    }
    default:
      return body;
  }
}

/** The wire's actual from the domain's. */
export function toBody(actual: Actual): ActualBody {
  return { ...actual };
}
