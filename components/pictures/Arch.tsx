import type { ComponentChildren } from 'preact';
import './pictures.css';

/** Joints between the stones of the arch, in degrees from the vertical; the keystone covers the first ten. */
const joints = [-76, -54, -32, 32, 54, 76];

const onRing = (degrees: number, radius: number): string => {
  const angle = (degrees * Math.PI) / 180;
  return `${(130 + radius * Math.sin(angle)).toFixed(1)} ${(130 - radius * Math.cos(angle)).toFixed(1)}`;
};

type ArchProps = {
  /** Warm light behind, instead of a calm wall. */
  light?: boolean;
  /** What stands before the step. */
  front?: ComponentChildren;
  children?: ComponentChildren;
};

/**
 * The school's door: an arch and the keystone that holds it (the mark of Keystage, seen from the street). Every large
 * picture of a child's page stands in it. 260 × 300 units; the opening reaches from 34 to 226 and down to 290.
 * Decorative: the sentence beside it says the same.
 */
export const Arch = ({ light = false, front, children }: ArchProps) => (
  <svg class="picture scene" viewBox="0 0 260 300" aria-hidden="true" focusable="false">
    <path class={light ? 'glow' : 'mist'} d="M34 290V130a96 96 0 0 1 192 0v160z" />
    {children}
    <path class="stone" d="M10 290V130a120 120 0 0 1 240 0v160h-24V130a96 96 0 0 0-192 0v160z" />
    <path
      class="draw in-card fine"
      d={`${joints.map((at) => `M${onRing(at, 97)}L${onRing(at, 119)}`).join('')}M11 150h22M11 196h22M11 242h22M227 150h22M227 196h22M227 242h22`}
    />
    <path class="teal key" d="M103 2h54l-11 50h-32z" />
    <path class="stone" d="M0 286h260v8a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6z" />
    {front}
  </svg>
);
