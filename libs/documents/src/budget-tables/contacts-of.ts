import { normalizeText, type PrintedContact } from '@jiheng/domain';
import { holdsAnew, sayPlace, type SourceLine, type SourcePart } from '../recognise/source-line';

const LABEL = /(?:联系电话|联系方式|手机号?码?|电话)\s*[:：]?\s*/u;
const LONG_NUMBER = /(?<![\d.])(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?![\d.])/gu;

/**
 * Telephone and identity numbers printed in a document, with their places. They are looked at and not kept: no finding repeats them.
 * @param tableAt the index of the target table a line belongs to; null outside
 */
export function contactsOf(parts: readonly SourcePart[], tableAt: (part: number, line: number) => number | null): PrintedContact[] {
  const contacts: PrintedContact[] = [];
  // The lines of a part that holds no such number: where the next part says the same, it holds none either.
  let without: readonly SourceLine[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as SourcePart;
    let isWithout = true;
    for (let index = 0; index < part.lines.length; index += 1) {
      const line = part.lines[index] as SourceLine;
      if (!holdsAnew(line, without[index], mayHoldNumber)) continue;
      isWithout = false;
      const text = line.cells.join('\t');
      const tell = (number: string, isLabelled: boolean): void => {
        contacts.push({ text: number, isLabelled, place: sayPlace(part, [line.number]), table: tableAt(at, line.number) });
      };
      const label = LABEL.exec(text);
      // Behind a label stands one number, in its cell or in the next.
      const labelled = label === null ? null : /^[\t\s]*([+(（]?\d[\d\s()（）—–-]{3,20}\d)/u.exec(text.slice(label.index + label[0].length));
      if (labelled !== null) tell(labelled[1] ?? '', true);
      else for (const [number] of normalizeText(text).matchAll(LONG_NUMBER)) tell(number, false);
    }
    if (isWithout) without = part.lines;
  }
  return contacts;
}

/** Whether a cell holds five digits in a row: nearly none does. */
function mayHoldNumber(cell: string): boolean {
  let digits = 0;
  // Of five digits in a row one stands at every fifth place.
  for (let at = 4; at < cell.length; at += 5) if (isDigit(cell.charCodeAt(at))) digits += 1;
  if (digits === 0) return false;
  digits = 0;
  for (let at = 0; at < cell.length; at += 1) {
    digits = isDigit(cell.charCodeAt(at)) ? digits + 1 : 0;
    if (digits === 5) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
