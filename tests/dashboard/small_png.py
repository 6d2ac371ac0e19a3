"""Makes a picture small: 256 colours, which a page's flat areas and letters hardly exceed."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser

COLOURS = 256
PIXELS = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const bytes = pen.getImageData(0, 0, image.width, image.height).data, parts = [];
  for (let at = 0; at < bytes.length; at += 30000)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 30000))));
  return [image.width, image.height, parts];
}"""


def small(chromium: Browser, png: bytes) -> bytes:
    """Give the same picture with the colours it has most; others become the nearest of those."""
    page = chromium.new_page()
    width, height, parts = page.evaluate(PIXELS, base64.b64encode(png).decode())
    page.close()
    pixels = np.frombuffer(b"".join(map(base64.b64decode, parts)), np.uint8).reshape(-1, 4)[:, :3]
    palette, chosen = _fewer(pixels)
    rows = np.hstack([np.zeros((height, 1), np.uint8), chosen.reshape(height, width)])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # eight bits, by palette
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", head),
            (b"PLTE", palette.tobytes()),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _fewer(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Give a palette (n, 3) and for each pixel its place there."""
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    _, first, place, often = np.unique(
        packed, return_index=True, return_inverse=True, return_counts=True
    )
    colours = pixels[first].astype(np.int32)
    kept = colours[np.argsort(-often, kind="stable")[:COLOURS]]
    far = ((colours[:, None] - kept[None]) ** 2).sum(axis=2)
    return kept.astype(np.uint8), far.argmin(axis=1).astype(np.uint8)[place]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
