import { ComponentHarness } from '@angular/cdk/testing';

/** Speaks to a `jh-quantity-input` the way a person does: unit specs and browser stories use the same words. */
export class QuantityInputHarness extends ComponentHarness {
  static hostSelector = 'jh-quantity-input';
  private readonly box = this.locatorFor('input');

  async text(): Promise<string> {
    return (await this.box()).getProperty<string>('value');
  }
  /** Replaces what stands in the cell by typing. */
  async type(text: string): Promise<void> {
    const box = await this.box();
    await box.clear();
    await box.sendKeys(text);
  }
  async leave(): Promise<void> {
    await (await this.box()).blur();
  }
  /** How the text is understood; null when nothing is said. */
  understood(): Promise<string | null> {
    return this.said('.understood');
  }
  refusal(): Promise<string | null> {
    return this.said('.refusal');
  }
  doubt(): Promise<string | null> {
    return this.said('.doubt');
  }
  /** Labels of all buttons: offers and choices. */
  async buttons(): Promise<string[]> {
    return Promise.all((await this.locatorForAll('button')()).map((button) => button.text()));
  }
  async press(label: string): Promise<void> {
    for (const button of await this.locatorForAll('button')()) {
      if ((await button.text()) === label) return button.click();
    }
    throw new Error(`There is no button “${label}” in this cell.`);
  }
  async isReadOnly(): Promise<boolean> {
    return (await this.box()).getProperty<boolean>('readOnly');
  }

  private async said(selector: string): Promise<string | null> {
    const element = await this.locatorForOptional(selector)();
    return element === null ? null : (await element.text()).trim();
  }
}
