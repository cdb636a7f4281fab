/** Our mark: an arch, and the keystone that holds it. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path class="mark-stone" d="M2 28a14 14 0 0 1 8.1-12.7l3.2 6.6A6.7 6.7 0 0 0 9.3 28z" />
    <path class="mark-stone" d="M30 28a14 14 0 0 0-8.1-12.7l-3.2 6.6a6.7 6.7 0 0 1 4 6.1z" />
    <path class="mark-key" d="M10.6 4h10.8l-3.1 16.4h-4.6z" />
  </svg>
);
