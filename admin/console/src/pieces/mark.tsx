/** Our mark: an arch, and the keystone that holds it. */
export const Mark = ({ width = 28 }: { width?: number }) => (
  <svg class="mark" width={width} height={width * 0.625} viewBox="0 7 32 20" aria-hidden="true">
    <path
      class="mark-stone"
      d="M2.0 26.0A14 14 0 0 1 3.9 19.0L9.5 22.2A7.5 7.5 0 0 0 8.5 26.0ZM4.5 18.0A14 14 0 0 1 10.5 13.1L13.1 19.1A7.5 7.5 0 0 0 9.9 21.7ZM21.5 13.1A14 14 0 0 1 27.5 18.0L22.1 21.7A7.5 7.5 0 0 0 18.9 19.1ZM28.1 19.0A14 14 0 0 1 30.0 26.0L23.5 26.0A7.5 7.5 0 0 0 22.5 22.2Z"
    />
    <path class="mark-key" d="M10.6 8.3L21.4 8.3L17.8 20.1L14.2 20.1Z" />
  </svg>
);
