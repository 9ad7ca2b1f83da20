import { inputBinding } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { light } from '@jiheng/contract';
import { Light } from './light';

describe('a monitoring light', () => {
  it.each(light.options)('%s has a word beside the colour and a sentence for the ear', async (colour) => {
    localStorage.clear();
    const fixture = TestBed.createComponent(Light, { bindings: [inputBinding('colour', () => colour)] });
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    expect(page.getAttribute('data-colour')).toBe(colour);
    expect(page.querySelector('span')?.textContent).toBeTruthy();
    expect(page.querySelector('.jh-hidden')?.textContent?.length).toBeGreaterThan(3);
  });
});
