import { refuse, type RefusalCode, type Result } from '@jiheng/domain';

/**
 * A reader deep inside a file has found that the whole file cannot be taken. Thrown only within this folder and turned into the refusal it
 * carries by {@link refusalOf} at its door, so that every step between need not pass it on.
 */
export class UnfitFile extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = 'UnfitFile';
  }
}

/** The refusal of a file that was found unfit; anything else is a fault and goes on. */
export function refusalOf(fault: unknown, file: string): Result<never> {
  if (fault instanceof UnfitFile) return refuse(fault.code, { file, ...fault.params });
  throw fault;
}
