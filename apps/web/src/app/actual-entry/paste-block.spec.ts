import { readPastedBlock } from './paste-block';

describe('a block from a spreadsheet', () => {
  it('reads rows and cells, whatever ends the lines', () => {
    expect(readPastedBlock('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]);
    expect(readPastedBlock('1\n2\n3')).toEqual([['1'], ['2'], ['3']]);
    expect(readPastedBlock('1\r2')).toEqual([['1'], ['2']]);
  });

  it('keeps blank cells and blank lines in their place', () => {
    expect(readPastedBlock('1\t\t3\r\n\r\n\t5\r\n')).toEqual([['1', '', '3'], [''], ['', '5']]);
  });

  it('reads a quoted cell with a line break and doubled quotation marks as one', () => {
    expect(readPastedBlock('"有效\n提高"\t"他说""好"""\r\n96%\t\r\n')).toEqual([['有效\n提高', '他说"好"'], ['96%', '']]);
  });

  it('takes a lone quotation mark for text', () => {
    expect(readPastedBlock('"没有结束\t5\n6\t7')).toEqual([['"没有结束', '5'], ['6', '7']]);
  });

  it('is nothing when nothing was copied', () => {
    expect(readPastedBlock('')).toEqual([]);
  });
});
