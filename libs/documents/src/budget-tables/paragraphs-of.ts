import { normalizeText, type Paragraph, squeezePrinted } from '@jiheng/domain';
import { isPageMark } from '../recognise/form-words';
import { sayPlace, type SourcePart } from '../recognise/source-line';

const STARTS = /^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[、.．](?!\d)|[-•*] |(?!其中|即|共计|合计)[\u4e00-\u9fff]{2,14}[:：])/u;
const ENDS = /[。；;！!]$/u;
// A heading ends no sentence, but nothing of the next line belongs to it.
const HEADING = /^(?:第[一二三四五六七八九十]+部分.*|[一二三四五六七八九十]+、(?:.*(?:说明|解释|事项|概况|职能)|[^关]{0,14}情况)|[(（][一二三四五六七八九十]+[)）].{0,24}(?:情况|说明|事项))$/u;
const LONGEST_PARAGRAPH = 4000;

/**
 * The running text of a document as paragraphs: lines that a page broke are joined, blanks of broken words removed. Lines with several cells belong to
 * tables and are left out, and so are lines whose numbers are in `taken`.
 * @param taken by index of the part, the numbers of lines that tables hold
 */
export function paragraphsOf(parts: readonly SourcePart[], taken: ReadonlyMap<number, ReadonlySet<number>>): Paragraph[] {
  return parts.flatMap((part, at) => {
    const paragraphs: { text: string; from: number; to: number }[] = [];
    let open = false;
    for (const line of part.lines) {
      const filled = line.cells.filter((cell) => cell.trim() !== '');
      if (filled.length === 0) continue;
      if (filled.length > 1 || taken.get(at)?.has(line.number) === true) {
        open = false;
        continue;
      }
      const text = (filled[0] ?? '').trim().slice(0, LONGEST_PARAGRAPH);
      if (isPageMark(text)) continue;
      const last = paragraphs.at(-1);
      const startsNew = STARTS.test(normalizeText(text));
      if (open && last !== undefined && !startsNew && last.text.length < LONGEST_PARAGRAPH) {
        last.text = `${last.text} ${text}`;
        last.to = line.number;
      } else paragraphs.push({ text, from: line.number, to: line.number });
      const whole = normalizeText(paragraphs.at(-1)?.text ?? '').replace(/\s+/gu, '');
      open = !ENDS.test(text) && !HEADING.test(whole);
    }
    return paragraphs.map(({ text, from, to }) => ({ text: squeezePrinted(text), place: from === to ? sayPlace(part, [from]) : `${sayPlace(part, [from])}-${to}` }));
  });
}
