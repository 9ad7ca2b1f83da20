import { aFinding, type Finding } from '@jiheng/domain';
import { arePlain, holdsUnseen, UNSEEN } from '../recognise/plain-text';
import { holdsAnew, type SourceLine, type SourcePart } from '../recognise/source-line';

/** Whether no cell of a part holds an unseen sign. @param before lines that hold none */
function isClean(lines: readonly SourceLine[], before: readonly SourceLine[]): boolean {
  for (let at = 0; at < lines.length; at += 1) if (holdsAnew(lines[at] as SourceLine, before[at], holdsUnseen)) return false;
  return true;
}

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Takes the unseen signs out of every cell and says how many cells held some, and where the first is. */
export function stripUnseen(parts: readonly SourcePart[]): { parts: readonly SourcePart[]; findings: Finding[] } {
  let cells = 0;
  let first: string | null = null;
  let turnsText = false;
  const clean = (line: SourceLine, part: SourcePart): SourceLine => {
    if (!line.cells.some(holdsUnseen)) return line;
    return {
      ...line,
      cells: line.cells.map((cell) => {
        if (!holdsUnseen(cell)) return cell;
        cells += 1;
        turnsText ||= DIRECTION.test(cell);
        first ??= part.sheet === null ? String(line.number) : `${part.sheet}!${line.number}`;
        return cell.replace(UNSEEN, '').trim();
      }),
    };
  };
  // Sheets of one form say mostly the same: what was seen to be clean in one part is not looked at in the next.
  let before: readonly SourceLine[] = [];
  const stripped = parts.map((part): SourcePart => {
    if (arePlain(part.lines)) return part;
    if (!isClean(part.lines, before)) return { ...part, lines: part.lines.map((line) => clean(line, part)) };
    before = part.lines;
    return part;
  });
  if (first === null) return { parts, findings: [] };
  return { parts: stripped, findings: [aFinding('R-unseen', turnsText ? 'WARN' : 'INFO', { place: first, count: String(cells) })] };
}
