import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { AllowedHosts } from '@jiheng/contract';
import { Words } from '../words/words';
import { allowedHostsWords } from './allowed-hosts-words';

type Host = AllowedHosts['hosts'][number];

/** 允许取数的主机: where sources may be asked, and who says so, before a place is refused. */
@Component({
  selector: 'jh-allowed-hosts-note',
  template: `
    <details [open]="isOpen()">
      <summary>{{ t('title', { n: hosts().hosts.length }) }}</summary>
      <p>{{ hosts().hosts.length ? t('lead') : t('none') }}</p>
      @if (hosts().hosts.length) {
        <ul>@for (host of hosts().hosts; track $index) { <li><code>{{ nameOf(host) }}</code><span class="jh-soft">{{ detailOf(host) }}</span></li> }</ul>
      }
      <p class="jh-hint">{{ t('where', { setting: hosts().setting }) }}</p>
    </details>
  `,
  styles: `
    summary { cursor: pointer; color: var(--jh-primary); }
    details[open] summary { margin-bottom: 8px; }
    ul { list-style: none; margin: 8px 0; padding: 0; display: grid; gap: 4px; }
    li { display: flex; flex-wrap: wrap; gap: 0 12px; overflow-wrap: anywhere; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AllowedHostsNote {
  readonly hosts = input.required<AllowedHosts>();
  /** Whether a place has just been refused by it. */
  readonly isOpen = input(false);

  private readonly words = inject(Words);
  protected readonly t = this.words.of(allowedHostsWords);
  private readonly comma = computed(() => (this.words.language() === 'zh' ? '，' : ', '));

  protected nameOf({ host, networks }: Host): string {
    return host ?? networks.join(' ');
  }

  protected detailOf({ host, networks, port }: Host): string {
    const ports = port === null ? this.t('portUsual') : port === '*' ? this.t('portAny') : this.t('port', { port });
    const leads = host === null ? this.t(networks.some((one) => one.includes('/')) ? 'withinNetwork' : 'thisAddress') : networks.length > 0 ? this.t('mayLeadTo', { networks: networks.join(' ') }) : this.t('leadsToListed');
    return [ports, leads].join(this.comma());
  }
}
