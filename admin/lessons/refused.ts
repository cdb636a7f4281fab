/** Why nothing was changed: a stable code, and a sentence that names what is wrong and where. */
export type Refused = {
  ok: false;
  status: 403 | 404 | 409 | 422;
  code:
    | 'no-policy'
    | 'no-group'
    | 'not-your-class'
    | 'kind-not-for-stage'
    | 'ends-in-past'
    | 'too-long'
    | 'no-list'
    | 'list-not-for-stage'
    | 'no-bundle'
    | 'no-lesson'
    | 'not-of-this-class'
    | 'may-not-paste'
    | 'unreadable-site'
    | 'not-looked'
    | 'no-reason'
    | 'whole-host'
    | 'locked'
    | 'ask-network-manager'
    | 'too-many-sites'
    | 'no-site'
    | 'no-seat'
    | 'seat-not-for-stage'
    | 'lesson-over'
    | 'no-own-seat';
  message: string;
};

export const refused = (status: Refused['status'], code: Refused['code'], message: string): Refused => ({
  ok: false,
  status,
  code,
  message,
});
