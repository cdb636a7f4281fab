/** Our mark, the same as the extension's icon: an arch, and the keystone that holds it. */
export const Mark = ({ width = 28 }: { width?: number }) => (
  <img class="mark" src="/mark.svg" width={width} height={width} alt="" />
);
