/** A machine-made remark beside a row of a form: outside the form itself and not on paper. */
export interface FormNote {
  readonly severity: 'ERROR' | 'WARN' | 'INFO';
  readonly text: string;
}
