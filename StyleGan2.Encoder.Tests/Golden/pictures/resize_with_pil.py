"""Prints the SHA-256 of what PIL's Lanczos makes of gray pixels: FILE:WIDTH:HEIGHT:NEW_WIDTH:NEW_HEIGHT ..."""

import hashlib
import sys

try:
    import PIL.Image
except ImportError:
    sys.exit(print("no PIL"))

for argument in sys.argv[1:]:
    path, *sizes = argument.split(":")
    width, height, new_width, new_height = map(int, sizes)
    with open(path, "rb") as file:
        picture = PIL.Image.frombytes("L", (width, height), file.read())
    resized = picture.resize((new_width, new_height), PIL.Image.LANCZOS)
    print(hashlib.sha256(resized.tobytes()).hexdigest())
