/** What a picture's own bytes say of it, and those of them that are the picture. */
export type Raster = { width: number; height: number; bytes: Buffer }

/** Null for what is no picture of this kind, or not a whole one. May throw a RangeError where bytes are missing. */
export type ReadRaster = (bytes: Buffer) => Raster | null
