import { type CaretPlace, type GridKey, commandOf } from './grid-keys';

const key = (name: string, held: Partial<GridKey> = {}): GridKey => ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...held });
const selected: CaretPlace = { editing: false, atStart: true, atEnd: true };
const inside: CaretPlace = { editing: true, atStart: false, atEnd: false };
const atEnd: CaretPlace = { editing: true, atStart: false, atEnd: true };

describe('keys of the entry grid', () => {
  it('Enter goes down, Shift+Enter up, arrows as well', () => {
    expect(commandOf(key('Enter'), inside)).toBe('down');
    expect(commandOf(key('Enter', { shiftKey: true }), inside)).toBe('up');
    expect(commandOf(key('ArrowDown'), inside)).toBe('down');
    expect(commandOf(key('ArrowUp'), inside)).toBe('up');
  });

  it('horizontal arrows leave the cell when it is not edited, or at the end of its text', () => {
    expect(commandOf(key('ArrowRight'), selected)).toBe('next');
    expect(commandOf(key('ArrowLeft'), selected)).toBe('previous');
    expect(commandOf(key('ArrowRight'), inside)).toBeNull();
    expect(commandOf(key('ArrowRight'), atEnd)).toBe('next');
    expect(commandOf(key('ArrowLeft'), atEnd)).toBeNull();
  });

  it('Ctrl+Z, Ctrl+Y, Ctrl+Shift+Z, Ctrl+D, Ctrl+Enter, Ctrl+S, and the same with ⌘', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(commandOf(key('z', held), inside)).toBe('undo');
      expect(commandOf(key('y', held), inside)).toBe('redo');
      expect(commandOf(key('Z', { ...held, shiftKey: true }), inside)).toBe('redo');
      expect(commandOf(key('d', held), inside)).toBe('fill-down');
      expect(commandOf(key('Enter', held), inside)).toBe('detail');
      expect(commandOf(key('s', held), inside)).toBe('save');
    }
  });

  it('F2 edits, Esc reverts, Tab belongs to the page, Ctrl+C and Ctrl+V to the browser', () => {
    expect(commandOf(key('F2'), selected)).toBe('edit');
    expect(commandOf(key('Escape'), inside)).toBe('revert');
    expect(commandOf(key('Tab'), selected)).toBeNull();
    expect(commandOf(key('c', { ctrlKey: true }), selected)).toBeNull();
    expect(commandOf(key('v', { ctrlKey: true }), selected)).toBeNull();
  });

  it('while an input method composes, Enter ends the word and not the cell', () => {
    expect(commandOf(key('Enter', { isComposing: true }), inside)).toBeNull();
  });
});
