/** 取数绑定: which of a source's rows make the value of one indicator, and how. */
export interface Binding {
  readonly indicatorKey: string;
  /** Key of the row in the source, or the path of one value in its document (`$.data.total`); '' when the value is made of its parts alone. */
  readonly field: string;
  /** Unit of the result ('' takes the row's own). Without a formula also the unit in which the source counts. */
  readonly unit: string;
  /** Arithmetic over value, numerator and denominator; '' takes the value as it is, or numerator ÷ denominator where parts are given. */
  readonly formula: string;
  /** Keys or paths of the two parts; both or neither. */
  readonly numeratorField: string;
  readonly denominatorField: string;
}

/** Every field that bindings take from a source, once. */
export function fieldsOf(bindings: readonly Binding[]): readonly string[] {
  return [...new Set(bindings.flatMap((one) => [one.field, one.numeratorField, one.denominatorField]))].filter((field) => field !== '');
}

/** What a source said for one binding, each part as it stands there; an empty list where it said nothing. */
export interface Said {
  readonly value: readonly string[];
  readonly numerator: readonly string[];
  readonly denominator: readonly string[];
  /** One of them held a secret of the source, which was taken out. */
  readonly isBlotted?: true;
}
