import { normalizeText, type PrintedContact } from '@jiheng/domain';
import { arePlain, holdsLongNumber } from '../recognise/plain-text';
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
    if (arePlain(part.lines)) continue;
    let isWithout = true;
    for (let index = 0; index < part.lines.length; index += 1) {
      const line = part.lines[index] as SourceLine;
      if (!holdsAnew(line, without[index], holdsLongNumber)) continue;
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
