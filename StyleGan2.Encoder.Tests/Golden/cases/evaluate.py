"""Makes the images of a StyleGAN2 pickle in double precision, one step after the other as its paper has them, and keeps them as expect.npz beside it.

    apt-get install python3 python3-numpy
    python3 evaluate.py NETWORK.pkl
    python3 evaluate.py GENERATOR.pt     (a generator of stylegan2-ada-pytorch that torch.save wrote)

Networks of any size of the first block and any number of channels; architecture skip, leaky ReLU, resampling by [1, 3, 3, 1]. Noise is the network's own.
"""

import os
import pickle
import sys
import zipfile

import numpy as np


class Network:
    def __setstate__(self, state):
        self.__dict__.update(state)


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return Network if name == 'Network' else dict if name == 'EasyDict' else super().find_class(module, name)


class TorchUnpickler(pickle.Unpickler):
    """Reads torch.save's zip format: modules become their state, tensors arrays."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.root = self.zip.namelist()[0].split('/')[0]
        super().__init__(self.zip.open(self.root + '/data.pkl'))

    def find_class(self, module, name):
        known = {'_rebuild_tensor_v2': self.tensor, '_rebuild_parameter': lambda data, *_: data, '_reconstruct_persistent_obj': lambda meta: meta['state']}
        return known.get(name) or (name if module == 'torch' else super().find_class(module, name))

    def persistent_load(self, reference):
        assert reference[1] == 'FloatStorage'
        return np.frombuffer(self.zip.read(f'{self.root}/data/{reference[2]}'), np.float32)

    def tensor(self, storage, offset, shape, strides, *_):
        return np.lib.stride_tricks.as_strided(storage[offset:], shape, [4 * s for s in strides])


def from_torch(path):
    """The variables and settings of a generator under TensorFlow's names."""
    state = TorchUnpickler(path).load()
    mapping, synthesis = state['_modules']['mapping'], state['_modules']['synthesis']
    part = lambda module, name: {**module['_parameters'], **module['_buffers']}[name]
    v, w = {}, {}
    for i in range(mapping['num_layers']):
        layer = mapping['_modules'][f'fc{i}']
        w[f'Dense{i}/weight'], w[f'Dense{i}/bias'] = part(layer, 'weight').T, part(layer, 'bias')

    def add(scope, layer, flip):
        weight = part(layer, 'weight').transpose(2, 3, 1, 0)
        v[f'{scope}/weight'], v[f'{scope}/bias'] = weight[::-1, ::-1] if flip else weight, part(layer, 'bias')
        affine = layer['_modules']['affine']
        v[f'{scope}/mod_weight'], v[f'{scope}/mod_bias'] = part(affine, 'weight').T, part(affine, 'bias') - 1

    noise = 0
    for res in synthesis['block_resolutions']:
        block = synthesis['_modules'][f'b{res}']
        for name, scope in [('conv0', 'Conv0_up'), ('conv1', 'Conv' if res == 4 else 'Conv1')]:
            layer = block['_modules'].get(name)
            if layer is not None:
                add(f'{res}x{res}/{scope}', layer, name == 'conv0')
                v[f'{res}x{res}/{scope}/noise_strength'] = part(layer, 'noise_strength')
                v[f'noise{noise}'] = part(layer, 'noise_const')[np.newaxis, np.newaxis]
                noise += 1
        add(f'{res}x{res}/ToRGB', block['_modules']['torgb'], False)
    v['4x4/Const/const'] = part(synthesis['_modules']['b4'], 'const')[np.newaxis]
    return v, w, {'latent_size': state['z_dim'], 'mapping_layers': mapping['num_layers']}


def from_tensorflow(path):
    with open(path, 'rb') as file:
        gs = Unpickler(file).load()[2]
    return dict(gs.components['synthesis'].variables), dict(gs.components['mapping'].variables), gs.static_kwargs


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
    synthesis, mapping, settings = (from_torch if path.endswith('.pt') else from_tensorflow)(path)
    synthesis, mapping = ({n: np.asarray(a, np.float64) for n, a in v.items()} for v in (synthesis, mapping))
    latents = np.random.RandomState(1).randn(2, settings['latent_size']).astype(np.float32)
    x = latents.astype(np.float64)
    x = x / np.sqrt((x ** 2).mean(1, keepdims=True) + 1e-8)
    for i in range(settings['mapping_layers']):
        x = lrelu(dense(x, mapping, f'Dense{i}', settings.get('mapping_lrmul', 0.01)))
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
