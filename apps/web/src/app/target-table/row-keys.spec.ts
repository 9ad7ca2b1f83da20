import { rowCommandOf } from './row-keys';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'isComposing', boolean>> = {}) =>
  ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...held });
const still = { typed: false, multiline: false };

describe('keys in the rows of a target table', () => {
  it.each([
    ['Enter', {}, 'down'], ['Enter', { shiftKey: true }, 'up'], ['Enter', { ctrlKey: true }, 'add'], ['d', { ctrlKey: true }, 'duplicate'], ['Delete', { ctrlKey: true }, 'remove'],
    ['ArrowUp', { altKey: true }, 'move-up'], ['ArrowDown', { altKey: true }, 'move-down'], ['z', { ctrlKey: true }, 'undo'], ['s', { metaKey: true }, 'save'],
    ['ArrowDown', {}, null], ['Backspace', { ctrlKey: true }, null], ['a', {}, null],
  ] as const)('%s %j is %s', (name, held, command) => expect(rowCommandOf(key(name, held), still)).toBe(command));
  it('leave Ctrl+Z to the field while something was typed in it', () => expect(rowCommandOf(key('z', { ctrlKey: true }), { typed: true, multiline: false })).toBeNull());
  it('belong to the input method while it composes', () => expect(rowCommandOf(key('Enter', { isComposing: true }), still)).toBeNull());
});
