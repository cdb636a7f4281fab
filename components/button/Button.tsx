import type { ComponentChildren, Ref } from 'preact';
import { Small, type SmallName } from '../pictures/small.tsx';
import './button.css';

type ButtonProps = {
  /** `main` is the one thing to do on a page; there is never a second. */
  look?: 'main' | 'second' | 'quiet';
  picture?: SmallName;
  type?: 'button' | 'submit';
  onPress?: (() => void) | undefined;
  at?: Ref<HTMLButtonElement>;
  children: ComponentChildren;
};

/** A button as a child meets it: large, with a picture. */
export const Button = ({ look = 'main', picture, type = 'button', onPress, at, children }: ButtonProps) => (
  <button
    class={`button button-${look}`}
    type={type}
    {...(onPress && { onClick: onPress })}
    {...(at && { ref: at })}
  >
    {picture && <Small name={picture} />}
    <span>{children}</span>
  </button>
);
