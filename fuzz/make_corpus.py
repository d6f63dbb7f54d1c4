#!/usr/bin/env python3
"""Writes the small files in corpus/ that the fuzzers start from, without PyTorch: stand-ins for its classes are pickled under their names.

    apt-get install python3
    python3 make_corpus.py
"""

import collections
import io
import os
import pickle
import struct
import sys
import types
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
MAGIC = 0x1950A86A20F9469CFC6C


class Global:
    """A class or function that is only a name."""

    def __init__(self, module, name):
        self.__module__, self.__name__, self.__qualname__ = module, name, name
        for package in (module.split('.')[0], module):
            sys.modules.setdefault(package, types.ModuleType(package))
        setattr(sys.modules[module], name, self)

    def __call__(self, *args):
        raise NotImplementedError

    def __reduce__(self):
        return self.__name__


class Call:
    """A call of such a function."""

    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


FLOAT_STORAGE = Global('torch', 'FloatStorage')
REBUILD_TENSOR = Global('torch._utils', '_rebuild_tensor_v2')
REBUILD_PARAMETER = Global('torch._utils', '_rebuild_parameter')
LOAD_FROM_BYTES = Global('torch.storage', '_load_from_bytes')
RECONSTRUCT = Global('torch_utils.persistence', '_reconstruct_persistent_obj')


class Storage:
    def __init__(self, key, values):
        self.key, self.values = key, values

    @property
    def data(self):
        return struct.pack('<%df' % len(self.values), *self.values)


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return ('storage', FLOAT_STORAGE, value.key, 'cpu', len(value.values), *self.last) if isinstance(value, Storage) else None


def dumps(value, last=(), protocol=2):
    file = io.BytesIO()
    pickler = Pickler(file, protocol)
    pickler.last = last
    pickler.dump(value)
    return file.getvalue()


def legacy(value, storages):
    """The format of torch.save before the zip files."""
    machine = {'protocol_version': 1001, 'little_endian': True, 'type_sizes': {'short': 2, 'int': 4, 'long': 4}}
    head = b''.join(pickle.dumps(v, 2) for v in (MAGIC, 1001, machine)) + dumps(value, (None,)) + pickle.dumps([s.key for s in storages], 2)
    return head + b''.join(struct.pack('<q', len(s.values)) + s.data for s in storages)


def save_zip(name, value, storages):
    with zipfile.ZipFile(os.path.join(HERE, 'corpus', name), 'w') as file:
        for entry, content in [('data.pkl', dumps(value)), ('byteorder', b'little')] + [('data/' + s.key, s.data) for s in storages]:
            file.writestr(zipfile.ZipInfo('archive/' + entry), content)


def write(name, content):
    with open(os.path.join(HERE, 'corpus', name), 'wb') as file:
        file.write(content)


def strides(shape):
    steps = [1]
    for size in reversed(shape[1:]):
        steps.insert(0, steps[0] * size)
    return tuple(steps[:len(shape)])


def view(storage, shape):
    return Call(REBUILD_TENSOR, storage, 0, shape, strides(shape), False, collections.OrderedDict())


def embedded(*shape):
    """A tensor in a plain pickle, its storage as bytes."""
    count = 1
    for size in shape:
        count *= size
    storage = Storage('1', [i / 4 for i in range(count)])
    return view(Call(LOAD_FROM_BYTES, legacy(storage, [storage])), shape)


def module(class_name, parameters=(), modules=(), arguments=(), **attributes):
    state = {
        '_parameters': {name: Call(REBUILD_PARAMETER, embedded(*shape), True, collections.OrderedDict()) for name, shape in parameters},
        '_buffers': {'resample_filter': embedded(2, 2)}, '_modules': dict(modules), '_init_kwargs': dict(arguments), **attributes,
    }
    return Call(RECONSTRUCT, {'type': 'class', 'version': 6, 'module_src': '', 'class_name': class_name, 'state': state})


def generator():
    dense = module('FullyConnectedLayer', [('weight', (1, 1)), ('bias', (1,))], activation='lrelu', bias_gain=0.01)
    layer = module('SynthesisLayer', [('weight', (1, 1, 3, 3)), ('bias', (1,)), ('noise_strength', ()), ('noise_const', (4, 4))],
                   [('affine', dense)], activation='lrelu', conv_clamp=None)
    rgb = module('ToRGBLayer', [('weight', (1, 1, 1, 1)), ('bias', (1,))], [('affine', dense)])
    block = module('SynthesisBlock', [('const', (1, 4, 4))], [('conv1', layer), ('torgb', rgb)], architecture='skip')
    sizes = {'z_dim': 1, 'c_dim': 0, 'w_dim': 1, 'num_ws': 2}
    mapping = module('MappingNetwork', [('w_avg', (1,))], [('fc0', dense)], num_layers=1, w_avg_beta=0.995, **sizes)
    synthesis = module('SynthesisNetwork', [], [('b4', block)], {'channel_base': 8, 'channel_max': 1}, img_resolution=4)
    return module('Generator', [], [('mapping', mapping), ('synthesis', synthesis)], img_resolution=4, img_channels=1, **sizes)


def main():
    first, second = Storage('0', [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]), Storage('1', [7.5])
    tensors = collections.OrderedDict([('a.weight', view(first, (2, 3))), ('a.bias', view(second, (1,)))])
    save_zip('torch/tensors.pth', tensors, [first, second])
    write('torch/tensors-legacy.pth', legacy(tensors, [first, second]))
    write('pickle/torch-generator.pkl', pickle.dumps({'G': None, 'D': None, 'G_ema': generator()}, 4))
    write('pickle/torch-generator-alone.pkl', pickle.dumps(generator(), 4))
    write('pickle/torch-tensor.pkl', pickle.dumps({'G_ema': embedded(2)}, 4))


main()
