#!/usr/bin/env python3
"""Makes pictures of every format and kind, and decodes them with PIL, for PicturesBesidePilTests to decode beside.

    apt-get install python3-pil python3-numpy libjpeg-turbo-progs libtiff-tools
    python3 compare_with_pil.py FOLDER --seeds 50
    STYLEGAN2_PICTURES=FOLDER dotnet StyleGan2.Encoder.Tests.dll -class StyleGan2.Encoder.Tests.Imaging.PicturesBesidePilTests

FOLDER then holds the pictures, modes.json (PIL's mode of each, or "error") and expected.npz (PIL's pixels of gray and RGB pictures, and its
convert('RGB') of the others). `--golden` makes the small set that is kept in Golden/pictures.
"""

import argparse
import io
import json
import os
import struct
import subprocess
import tempfile
import warnings
import zlib

import numpy as np
from PIL import Image, ImageCms

ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILE = SRGB.replace(b"rXYZ", b"none").replace(b"bXYZ", b"rXYZ").replace(b"none", b"bXYZ")  # red and blue exchanged: seen if applied
SIXTEEN_BIT = {"RGB": "RGB;16", "RGBA": "RGBA;16", "I": "I;16", "I;16B": "I;16"}

# Where PIL's mode hides that samples have 16 bits.
DEEP_KINDS = ("16.png", "16dark.png", "pgm16.pgm", "tif16", "tif16lzw")


def noise_or_pattern(rng, height, width, channels):
    y, x = np.mgrid[0:height, 0:width]
    kind = rng.integers(4)

    def plane():
        if kind == 0:
            return rng.integers(0, 256, (height, width))
        if kind == 1:
            return 127 + 127 * np.sin(x / (2 + 9 * rng.random()) + y / (2 + 9 * rng.random()))
        if kind == 2:
            return (x * rng.integers(1, 9) + y * rng.integers(1, 9)) % 256
        blocks = rng.integers(0, 256, ((height + 7) // 8, (width + 7) // 8))
        return np.kron(blocks, np.ones((8, 8)))[:height, :width] + rng.normal(0, 6, (height, width))

    return np.clip(np.stack([plane() for _ in range(channels)], -1), 0, 255).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def filtered_rows(rng, pixels, depth):
    """PNG scan lines, each with a filter drawn at random."""
    step = max(1, pixels.shape[2] * depth // 8)
    lines, above = [], None
    for row in pixels:
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype(np.uint8).tobytes()
        else:
            bits = ((row.reshape(-1, 1) >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
            packed = np.packbits(bits.ravel()).tobytes()
        line = np.frombuffer(packed, np.uint8).astype(int)
        above = np.zeros_like(line) if above is None else above
        left = np.concatenate([np.zeros(step, int), line])[: len(line)]
        corner = np.concatenate([np.zeros(step, int), above])[: len(line)]
        guess = left + above - corner
        to_left, to_above, to_corner = abs(guess - left), abs(guess - above), abs(guess - corner)
        paeth = np.where((to_left <= to_above) & (to_left <= to_corner), left, np.where(to_above <= to_corner, above, corner))
        method = int(rng.integers(5))
        predicted = [0, left, above, (left + above) // 2, paeth][method]
        lines.append(bytes([method]) + ((line - predicted) % 256).astype(np.uint8).tobytes())
        above = line
    return b"".join(lines)


def png(rng, pixels, color, depth=8, interlaced=False, extra=b"", part=None):
    height, width = pixels.shape[:2]
    if interlaced:
        passes = [pixels[y::dy, x::dx] for y, x, dy, dx in ADAM7]
        lines = b"".join(filtered_rows(rng, p, depth) for p in passes if p.size)
    else:
        lines = filtered_rows(rng, pixels, depth)
    packed = zlib.compress(lines)
    parts = [packed] if part is None else [packed[i : i + part] for i in range(0, len(packed), part)]
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    data = b"".join(chunk(b"IDAT", p) for p in parts)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + data + chunk(b"IEND", b"")


def pngs(rng, rgb, gray):
    palette = chunk(b"PLTE", rng.integers(0, 256, 768, dtype=np.uint8).tobytes())
    transparency = chunk(b"tRNS", rng.integers(0, 256, 200, dtype=np.uint8).tobytes())
    extras = {
        "": b"",
        "-gamma": chunk(b"gAMA", struct.pack(">I", 100000)),
        "-profile": chunk(b"iCCP", b"x\0\0" + zlib.compress(PROFILE)),
        "-primaries": chunk(b"gAMA", struct.pack(">I", 45455))
        + chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 15000, 6000, 30000, 60000, 64000, 33000)),
    }
    for interlaced in (False, True):
        end = "-interlaced.png" if interlaced else ".png"
        for name, extra in extras.items():
            yield "rgb" + name + end, png(rng, rgb, 2, interlaced=interlaced, extra=extra)
            yield "gray" + name + end, png(rng, gray, 0, interlaced=interlaced, extra=extra)
        yield "rgb-parts" + end, png(rng, rgb, 2, interlaced=interlaced, part=37)
        key = struct.pack(">HHH", *[int(v) for v in rgb[0, 0]])
        yield "rgb-transparent" + end, png(rng, rgb, 2, interlaced=interlaced, extra=chunk(b"tRNS", key))
        for depth in (1, 2, 4):
            yield f"gray{depth}" + end, png(rng, gray >> (8 - depth), 0, depth, interlaced)
        yield "palette" + end, png(rng, gray, 3, interlaced=interlaced, extra=palette)
        yield "palette-transparent" + end, png(rng, gray, 3, interlaced=interlaced, extra=palette + transparency)
        yield "palette4" + end, png(rng, gray >> 4, 3, 4, interlaced, chunk(b"PLTE", palette[8:56]))
        yield "gray-alpha" + end, png(rng, np.concatenate([gray, gray], -1), 4, interlaced=interlaced)
        yield "rgba" + end, png(rng, np.concatenate([rgb, gray], -1), 6, interlaced=interlaced)
        end = "-interlaced16.png" if interlaced else "16.png"
        yield "gray" + end, png(rng, gray.astype(int) * 257 + 3, 0, 16, interlaced)
        yield "rgb" + end, png(rng, rgb.astype(int) * 257 + 3, 2, 16, interlaced)
        yield "rgba" + end, png(rng, np.concatenate([rgb, gray], -1).astype(int) * 257, 6, 16, interlaced)
    yield "gray16dark.png", png(rng, gray.astype(int) * 2, 0, 16)


def saved(pixels, pil_format, mode=None, **settings):
    image = pixels
    if isinstance(pixels, np.ndarray):
        image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels, mode)
    file = io.BytesIO()
    image.save(file, pil_format, **settings)
    return file.getvalue()


def pnm(pixels):
    height, width, channels = pixels.shape
    return (b"P6" if channels == 3 else b"P5") + b"\n%d %d\n255\n" % (width, height) + pixels.tobytes()


def cjpeg(pixels, *arguments):
    done = subprocess.run(["cjpeg", *arguments], input=pnm(pixels), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout if done.returncode == 0 else None


def jpegs(rng, rgb, gray, cmyk):
    quality = int(rng.choice([5, 30, 50, 75, 90, 95, 100]))
    factors = ["1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x4", "3x1", "1x3"]
    for progressive in (False, True):
        end = "-progressive.jpg" if progressive else ".jpg"
        flags = ["-quality", str(quality)] + (["-progressive"] if progressive else [])
        for sampling in [f + ",1x1,1x1" for f in factors] + ["2x1,2x1,1x1", "2x2,2x1,2x1", "2x2,1x2,1x2"]:
            restart = ["-restart", str(int(rng.integers(1, 4))) + ("B" if rng.integers(2) else "")]
            yield sampling.replace(",", "-") + end, cjpeg(rgb, *flags, "-sample", sampling)
            yield sampling.replace(",", "-") + "-restarts" + end, cjpeg(rgb, *flags, "-sample", sampling, *restart)
        yield "gray" + end, saved(gray, "JPEG", quality=quality, progressive=progressive)
        yield "optimized" + end, saved(rgb, "JPEG", quality=quality, progressive=progressive, optimize=True)
        yield "arithmetic" + end, cjpeg(rgb, *flags, "-arithmetic")
        yield "rgb" + end, cjpeg(rgb, *flags, "-rgb")
    exif = Image.Exif()
    exif[0x112] = 6
    yield "turned.jpg", saved(rgb, "JPEG", quality=quality, exif=exif.tobytes())
    yield "profile.jpg", saved(rgb, "JPEG", quality=quality, icc_profile=PROFILE)
    yield "cmyk.jpg", saved(cmyk, "JPEG", "CMYK", quality=quality)


def bmp(width, height, bits, body, compression=0, masks=b"", header_size=40):
    start = 14 + header_size + (len(masks) if header_size == 40 else 0)
    header = struct.pack("<IiiHHIIiiII", header_size, width, height, 1, bits, compression, len(body), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + header + (masks + bytes(header_size))[: start - 54] + body


def run_length8(indices):
    rows = []
    for row in indices[::-1]:
        codes, x = b"", 0
        while x < len(row):
            run = 1
            while x + run < len(row) and run < 255 and row[x + run] == row[x]:
                run += 1
            literals = row[x : x + min(6, len(row) - x)].tobytes()
            if run > 1 or len(literals) < 3:
                codes += bytes([run, row[x]])
                x += run
            else:
                codes += bytes([0, len(literals)]) + literals + bytes(len(literals) % 2)
                x += len(literals)
        rows.append(codes + b"\0\0")
    return b"".join(rows) + b"\0\1"


def bmps(rgb, gray):
    height, width = gray.shape[:2]
    padding = bytes(-width * 3 % 4)
    bottom_up = b"".join(row[:, ::-1].tobytes() + padding for row in rgb[::-1])
    top_down = b"".join(row[:, ::-1].tobytes() + padding for row in rgb)
    rgbx = np.concatenate([rgb, gray], -1)
    wide = rgbx[::-1].astype(int)

    def words(red_shift, green_bits):
        red, green, blue = wide[..., 0] >> 3, wide[..., 1] >> (8 - green_bits), wide[..., 2] >> 3
        values = ((red << red_shift) | (green << 5) | blue).astype("<u2")
        return b"".join(row.tobytes() + bytes(-2 * width % 4) for row in values)

    ramp = np.repeat(np.arange(256, dtype=np.uint8), 4).tobytes()
    gray_rle = bmp(width, height, 8, ramp + run_length8(gray[..., 0]), compression=1)
    yield "rgb.bmp", saved(rgb, "BMP")
    yield "gray.bmp", saved(gray, "BMP")
    yield "bilevel.bmp", saved(Image.fromarray(gray[..., 0] > 100), "BMP")
    yield "palette.bmp", saved(Image.fromarray(rgb).quantize(64), "BMP")
    yield "top-down.bmp", bmp(width, -height, 24, top_down)
    yield "old.bmp", b"BM" + struct.pack("<IHHI", 26 + len(bottom_up), 0, 0, 26) + struct.pack("<IHHHH", 12, width, height, 1, 24) + bottom_up
    yield "rgbx.bmp", bmp(width, height, 32, rgbx[::-1, :, [2, 1, 0, 3]].tobytes())
    yield "555.bmp", bmp(width, height, 16, words(10, 5))
    yield "565.bmp", bmp(width, height, 16, words(11, 6), 3, struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    yield "masks.bmp", bmp(width, height, 32, rgbx[::-1, :, [2, 1, 0, 3]].tobytes(), 3, struct.pack("<III", 0xFF0000, 0xFF00, 0xFF))
    masks = struct.pack("<IIII", 0xFF, 0xFF00, 0xFF0000, 0xFF000000)
    yield "rgba.bmp", bmp(width, height, 32, rgbx[::-1].tobytes(), 3, masks, 124)
    yield "gray-runs.bmp", gray_rle[:10] + struct.pack("<I", 54 + 1024) + gray_rle[14:]


def tiffcp(data, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.tif"), os.path.join(folder, "b.tif")
        with open(source, "wb") as file:
            file.write(data)
        done = subprocess.run(["tiffcp", *arguments, source, target], stderr=subprocess.DEVNULL, check=False)
        if done.returncode:
            return None
        with open(target, "rb") as file:
            return file.read()


def tiffs(rgb, gray, cmyk):
    for name, pixels in (("rgb", rgb), ("gray", gray)):
        for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits", "jpeg"):
            yield f"{name}-{compression}.tif", saved(pixels, "TIFF", compression=compression)
        plain = saved(pixels, "TIFF")
        for end, flags in {
            "planes": ["-p", "separate"],
            "planes-lzw": ["-p", "separate", "-c", "lzw"],
            "tiles": ["-t", "-w", "16", "-l", "16"],
            "tiles-zip": ["-t", "-w", "32", "-l", "16", "-c", "zip"],
            "tiles-jpeg": ["-t", "-w", "32", "-l", "32", "-c", "jpeg:30"],
            "big-endian": ["-B"],
            "rows": ["-r", "3"],
            "predictor": ["-c", "lzw:2"],
            "bigtiff": ["-8"],
            "jpeg-chroma": ["-c", "jpeg"],
            "jpeg-rgb": ["-c", "jpeg:r"],
        }.items():
            yield f"{name}-{end}.tif", tiffcp(plain, *flags)
    for orientation in range(2, 9):
        yield f"turned{orientation}.tif", saved(rgb, "TIFF", tiffinfo={274: orientation})
    yield "cmyk.tif", saved(cmyk, "TIFF", "CMYK")
    yield "cmyk-lzw.tif", saved(cmyk, "TIFF", "CMYK", compression="tiff_lzw")
    yield "rgba.tif", saved(np.concatenate([rgb, gray], -1), "TIFF", "RGBA")
    yield "gray-alpha.tif", saved(np.concatenate([gray, gray], -1), "TIFF", "LA")
    yield "palette.tif", saved(Image.fromarray(rgb).quantize(200), "TIFF")
    yield "bilevel.tif", saved(Image.fromarray(gray[..., 0] > 100), "TIFF")
    yield "fax.tif", saved(Image.fromarray(gray[..., 0] > 100), "TIFF", compression="group4")
    deep = Image.fromarray(gray[..., 0].astype(np.uint16) * 3, "I;16")
    yield "tif16.tif", saved(deep, "TIFF")
    yield "tif16lzw.tif", saved(deep, "TIFF", compression="tiff_lzw")


def webps(rng, rgb, gray):
    quality = int(rng.choice([5, 50, 75, 95]))
    yield "lossy.webp", saved(rgb, "WEBP", quality=quality)
    yield "lossless.webp", saved(rgb, "WEBP", lossless=True)
    yield "profile.webp", saved(rgb, "WEBP", quality=quality, icc_profile=PROFILE)
    yield "rgba.webp", saved(np.concatenate([rgb, gray], -1), "WEBP", "RGBA", quality=quality)
    yield "opaque-rgba.webp", saved(np.concatenate([rgb, np.full_like(gray, 255)], -1), "WEBP", "RGBA", quality=quality)
    yield "animation.webp", saved(rgb, "WEBP", save_all=True, append_images=[Image.fromarray(255 - rgb)], quality=quality)


def pnms(rng, rgb, gray):
    height, width = gray.shape[:2]
    size, largest = b"%d %d\n" % (width, height), int(rng.integers(1, 255))
    yield "ppm.ppm", pnm(rgb)
    yield "pgm.pgm", pnm(gray)
    yield "comments.ppm", b"P6 # a\n#b\n%d\t%d #c\n255\n" % (width, height) + rgb.tobytes()
    yield "scaled.ppm", b"P6\n" + size + b"%d\n" % largest + (rgb.astype(int) * largest // 255).astype(np.uint8).tobytes()
    yield "scaled.pgm", b"P5\n" + size + b"%d\n" % largest + (gray.astype(int) * largest // 255).astype(np.uint8).tobytes()
    yield "plain.ppm", b"P3\n" + size + b"255\n" + b" ".join(b"%d" % v for v in rgb.ravel())
    yield "plain.pgm", b"P2\n# c\n" + size + b"255\n" + b"\n".join(b"%d" % v for v in gray.ravel())
    yield "deep.ppm", b"P6\n" + size + b"65535\n" + (rgb.astype(int) * 257).astype(">u2").tobytes()
    yield "pgm16.pgm", b"P5\n" + size + b"65535\n" + (gray.astype(int) * 3).astype(">u2").tobytes()
    yield "bilevel.pbm", b"P4\n" + size + np.packbits(gray[..., 0] > 99, axis=1).tobytes()
    yield "plain.pbm", b"P1\n" + size + b"".join(b"01"[v : v + 1] for v in (gray[..., 0] > 99).astype(int).ravel().tolist())


def pictures(seed, size):
    rng = np.random.default_rng(seed)
    height, width = size or [(64, 64), rng.integers(1, 70, 2), (16, 16), rng.integers(1, 20, 2), rng.integers(60, 200, 2)][seed % 5]
    rgb, gray, cmyk = (noise_or_pattern(rng, int(height), int(width), n) for n in (3, 1, 4))
    for made in (
        pngs(rng, rgb, gray),
        jpegs(rng, rgb, gray, cmyk),
        bmps(rgb, gray),
        tiffs(rgb, gray, cmyk),
        webps(rng, rgb, gray),
        pnms(rng, rgb, gray),
    ):
        for kind, data in made:
            if data is not None:
                yield kind, data


def cuts(rng, kind, data, count):
    """The file cut off somewhere; at the end byte by byte."""
    places = {len(data) - 1, len(data) - 2, *(int(p) for p in rng.integers(1, len(data), count))}
    for place in sorted(p for p in places if p > 0):
        yield f"cut{place}-{kind}", data[:place]


def decode(path, kind):
    """PIL's mode and pixels; the mode is "error" where PIL raises."""
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image)
            mode = SIXTEEN_BIT.get(image.mode, image.mode) if kind.endswith(DEEP_KINDS) or kind.startswith(DEEP_KINDS) else image.mode
            return mode, pixels if mode in ("L", "RGB") else np.asarray(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError):
        return "error", None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--seeds", type=int, default=20, help="pictures of each kind")
    parser.add_argument("--cuts", type=int, default=3, help="cut-off copies of each picture, besides two cut near the end")
    parser.add_argument("--golden", action="store_true", help="one small picture of each kind that differs")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    warnings.simplefilter("ignore")

    modes, expected, written = {}, {}, set()
    for seed in [3] if args.golden else range(args.seeds):
        rng = np.random.default_rng(seed)
        for kind, data in pictures(seed, (13, 19) if args.golden else None):
            is_cut = kind in CUT_IN_GOLDEN if args.golden else not kind.startswith("plain")  # PIL fills up plain PNM with black
            copies = cuts(rng, kind, data, args.cuts) if is_cut else []
            for name, content in [(kind, data), *copies]:
                if args.golden and (name.startswith(NOT_IN_GOLDEN) or "-interlaced16" in name or "-restarts" in name and "2x2" not in name):
                    continue
                path = os.path.join(args.folder, name if args.golden else f"{seed}-{name}")
                with open(path, "wb") as file:
                    file.write(content)
                mode, pixels = decode(path, kind)
                modes[os.path.basename(path)] = mode
                if pixels is not None:
                    expected[os.path.basename(path)] = pixels
                written.add(mode)

    np.savez_compressed(os.path.join(args.folder, "expected.npz"), **expected)
    with open(os.path.join(args.folder, "modes.json"), "w", encoding="utf-8") as file:
        json.dump(modes, file, indent=1, sort_keys=True)
    print(f"{len(modes)} pictures of modes {', '.join(sorted(written))}")


CUT_IN_GOLDEN = ("rgb.png", "2x2-1x1-1x1.jpg", "2x2-1x1-1x1-progressive.jpg", "rgb.bmp", "rgb-tiff_lzw.tif", "lossy.webp", "ppm.ppm")
NOT_IN_GOLDEN = ("gray-gamma", "gray-primaries", "gray-planes", "gray-tiles", "gray-rows", "gray-big", "gray-predictor", "turned3.tif", "turned4.tif", "turned7.tif")

if __name__ == "__main__":
    main()
