/** A picture as others get it: so many pixels on each side. */
const SIDE = 256

/**
 * The middle of a picture, drawn anew: smaller, upright, and without what a camera has written into the file, such as where
 * it was. Rejects for a file that this browser cannot show.
 */
export async function scaled(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file)
  const side = Math.min(image.width, image.height)
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('There is nothing to draw on.')
  // What is transparent would be black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, SIDE, SIDE)
  image.close()
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('It cannot be drawn.'))), 'image/jpeg', 0.85)
  })
}
