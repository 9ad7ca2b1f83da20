import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-password-page', template: '<h1>密码</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class PasswordPage {}
