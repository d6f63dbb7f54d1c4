"""Makes the images of a StyleGAN2 pickle in double precision, one step after the other as its paper has them, and keeps them as expect.npz beside it.

    apt-get install python3 python3-numpy
    python3 evaluate.py NETWORK.pkl

Networks of any size of the first block and any number of channels; architecture skip, leaky ReLU, resampling by [1, 3, 3, 1]. Noise is the network's own.
"""

import os
import pickle
import sys

import numpy as np


class Network:
    def __setstate__(self, state):
        self.__dict__.update(state)


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return Network if name == 'Network' else dict if name == 'EasyDict' else super().find_class(module, name)


def lrelu(x):
    return np.where(x > 0, x, 0.2 * x) * np.sqrt(2)


def dense(x, v, scope, lrmul=1, weight='weight', bias='bias'):
    w = v[f'{scope}/{weight}']
    return x @ (w * lrmul / np.sqrt(w.shape[0])) + v[f'{scope}/{bias}'] * lrmul


def correlate(x, w, padding):
    """[N, C, H, W] with [k, k, C, out], with so many zeros around."""
    k = w.shape[0]
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    height, width = x.shape[2] - k + 1, x.shape[3] - k + 1
    return sum(np.einsum('nchw,co->nohw', x[:, :, i:i + height, j:j + width], w[i, j]) for i in range(k) for j in range(k))


def stuffed(x):
    y = np.zeros(x.shape[:2] + (x.shape[2] * 2, x.shape[3] * 2))
    y[:, :, ::2, ::2] = x
    return y


def resample(x, before, after):
    f = np.outer([1, 3, 3, 1], [1, 3, 3, 1]) / 64 * 4
    x = np.pad(x, [(0, 0), (0, 0), (before, after), (before, after)])
    height, width = x.shape[2] - 3, x.shape[3] - 3
    return sum(x[:, :, i:i + height, j:j + width] * f[i, j] for i in range(4) for j in range(4))


def modulated(x, style, v, scope, up=False, demodulate=True):
    w = v[f'{scope}/weight']
    w = w / np.sqrt(np.prod(w.shape[:3]))
    s = dense(style, v, scope, weight='mod_weight', bias='mod_bias') + 1
    y = []
    for image, scale in zip(x, s):
        ww = w * scale[:, np.newaxis]
        if demodulate:
            ww = ww / np.sqrt((ww ** 2).sum((0, 1, 2)) + 1e-8)
        image = image[np.newaxis]
        # Enlarged: zeros between pixels, every overlap of image and filter, then the resampling filter.
        y.append(resample(correlate(stuffed(image)[:, :, :-1, :-1], ww, 2), 1, 1) if up else correlate(image, ww, ww.shape[0] // 2))
    return np.concatenate(y)


def layer(x, v, scope, style, noise, up=False):
    x = modulated(x, style, v, scope, up) + noise * v[f'{scope}/noise_strength']
    return lrelu(x + v[f'{scope}/bias'][:, np.newaxis, np.newaxis])


def main(path):
    with open(path, 'rb') as file:
        gs = Unpickler(file).load()[2]
    synthesis, mapping = (dict((n, np.asarray(a, np.float64)) for n, a in gs.components[c].variables) for c in ('synthesis', 'mapping'))
    latents = np.random.RandomState(1).randn(2, gs.static_kwargs['latent_size']).astype(np.float32)
    x = latents.astype(np.float64)
    x = x / np.sqrt((x ** 2).mean(1, keepdims=True) + 1e-8)
    for i in range(gs.static_kwargs['mapping_layers']):
        x = lrelu(dense(x, mapping, f'Dense{i}', gs.static_kwargs.get('mapping_lrmul', 0.01)))
    w = x

    scopes = [n[:-len('/Conv1/weight')] for n in synthesis if n.endswith('/Conv1/weight')]
    first = next(n for n in synthesis if n.endswith('/Const/const')).split('/')[0]
    x = np.repeat(synthesis[f'{first}/Const/const'], len(w), 0)
    x = layer(x, synthesis, f'{first}/Conv', w, synthesis['noise0'])
    rgb = None
    for i, scope in enumerate([first] + scopes):
        if i > 0:
            x = layer(x, synthesis, f'{scope}/Conv0_up', w, synthesis[f'noise{2 * i - 1}'], up=True)
            x = layer(x, synthesis, f'{scope}/Conv1', w, synthesis[f'noise{2 * i}'])
            rgb = resample(stuffed(rgb), 2, 1)
        y = modulated(x, w, synthesis, f'{scope}/ToRGB', demodulate=False) + synthesis[f'{scope}/ToRGB/bias'][:, np.newaxis, np.newaxis]
        rgb = y if rgb is None else rgb + y
    np.savez(os.path.join(os.path.dirname(path), 'expect.npz'), latents=latents, w=w, images=rgb)


main(*sys.argv[1:])
