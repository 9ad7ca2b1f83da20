import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-sign-in-page', template: '<h1>登录</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class SignInPage {}
